"""`/comparison`: two checks of a dataset side by side: what is new, what was put right, what still stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from mcqms_kg.errors import BadValue
from mcqms_kg.model import Comparison
from mcqms_kg.service.answers import seen
from mcqms_kg.service.jobs.work import CompareShown
from mcqms_kg.service.pages.checks import basis_of
from mcqms_kg.service.pages.page import Asked

router = APIRouter()
MOST = 300
_Text = Annotated[str, Query(max_length=1000)]


@router.get("/comparison", response_class=Response)
def compare(page: Asked, old: _Text = "", new: _Text = "", provider: _Text = "") -> Response:
    """The findings of two checks by what became of them, of one provider where its name is given."""
    sides = [seen(page.jobs, page.serving, page.caller, "check", id_) for id_ in (old, new)]
    if any(job.outcome is None for job in sides):
        raise BadValue("A check has no report yet, or none", remedy="Wait until it is done.")
    before, after = sorted(sides, key=lambda job: job.created) if sides[0].version else sides
    work = CompareShown(before.folder, after.folder, page.words.language)
    found: Comparison = page.jobs.read(work)
    parts = {
        "new": [one for one in found.new if provider in ("", one.provider)],
        "fixed": [one for one in found.fixed if provider in ("", one.provider)],
        "regraded": [one.new for one in found.regraded if provider in ("", one.new.provider)],
        "persisting": [one for one in found.persisting if provider in ("", one.provider)],
    }
    return page.render(
        "comparison.html.jinja",
        old=before,
        new=after,
        parts_=parts,
        provider=provider,
        basis_of=basis_of,
        most=MOST,
    )
