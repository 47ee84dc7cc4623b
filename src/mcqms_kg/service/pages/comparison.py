"""`/comparison`: two checks of a dataset side by side: what is new, what was put right, what still stands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.model import FindingRecord
from mcqms_kg.service.jobs.work import CompareShown
from mcqms_kg.service.pages.checks import basis_of
from mcqms_kg.service.pages.page import Asked

router = APIRouter()
MOST = 300
_Text = Annotated[str, Query(max_length=1000)]


@router.get("/comparison", response_class=Response)
def compare(page: Asked, old: _Text = "", new: _Text = "", provider: _Text = "") -> Response:
    """The findings of two checks by what became of them, of one provider where it is given."""
    sides = [page.check(id_) for id_ in (old, new)]
    if any(job.outcome is None for job in sides):
        raise BadValue("A check has no report yet, or none", remedy="Wait until it is done.")
    before, after = sorted(sides, key=lambda job: job.created) if sides[0].version else sides
    work = CompareShown(before.folder, after.folder, page.words.language)
    found = page.jobs.read(work)
    every = {
        "new": found.new,
        "fixed": found.fixed,
        "regraded": tuple(one.new for one in found.regraded),
        "persisting": found.persisting,
    }
    parts = {name: [one for one in records if _is_of(one, provider)] for name, records in every.items()}
    named = next((one.provider for records in parts.values() for one in records), "") if provider else ""
    return page.render(
        "comparison.html.jinja",
        old=before,
        new=after,
        parts_=parts,
        provider=provider,
        named=named or provider,
        basis_of=basis_of,
        most=MOST,
    )


def _is_of(finding: FindingRecord, provider: str) -> bool:
    """Whether a finding is of the provider of that IRI, or of anybody where none is asked for."""
    return not provider or (finding.whose is not None and terms.lexical(finding.whose) == provider)
