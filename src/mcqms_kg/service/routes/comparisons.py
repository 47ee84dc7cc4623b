"""`/comparisons`: what changed from one check to another, finding by finding."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue
from mcqms_kg.report.comparison import COMPARISON_FORMATS
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.dependencies import Calling, Held, Lang, Working
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.uploads import Upload, receive
from mcqms_kg.service.job_responses import address, visible_job
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import CompareReports
from mcqms_kg.service.routes.findings import TEXTS

router = APIRouter(tags=["comparisons"])
_BODY = openapi_bodies.body(
    openapi_bodies.form(
        {
            "old": openapi_bodies.files("The earlier JSON report (`.json`), or the data as it was.", maxItems=1),
            "new": openapi_bodies.files("The later JSON report, or the data as it is.", maxItems=1),
            "profile": {"type": "string"},
            "as_of": openapi_bodies.DAY,
        },
        "old",
        "new",
    )
)


class Compared(BaseModel):
    """The findings of two checks, told apart by their ids."""

    isWorse: bool  # noqa: N815  # as in the report
    new: list[dict[str, Any]]
    fixed: list[dict[str, Any]]
    persisting: list[dict[str, Any]]
    regraded: list[dict[str, Any]]


_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "What changed.", "content": contents(TEXTS, "Compared")}
}
Id = Annotated[str, Query(max_length=100, description="The id of a check.")]


@router.get(
    "/comparisons",
    operation_id="compareChecks",
    response_class=Response,
    responses={**_ANSWER, **declared(403, 404, 406, 503)},
)
def compare_checks(
    old: Id, new: Id, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """Compares two checks that are kept: the findings that are new, fixed, persisting or graded otherwise."""
    format_ = chosen(request.headers.get("accept"), TEXTS)
    sides = [visible_job(jobs, serving, caller, "check", id_) for id_ in (old, new)]
    for job in sides:
        if job.outcome is None:
            raise BadValue("A check has no report yet, or none", remedy=f"See {address(job)}.")
    return _answer(jobs, Path("/"), sides[0].folder, sides[1].folder, {}, format_, lang)


@router.post(
    "/comparisons",
    operation_id="compare",
    response_class=Response,
    openapi_extra={"requestBody": _BODY},
    responses={**_ANSWER, **declared(403, 404, 406, 413, 415, 422, 503)},
)
async def compare(request: Request, caller: Calling, jobs: Working, lang: Lang = "en") -> Response:
    """Compares two JSON reports, or data that is checked now."""
    format_ = chosen(request.headers.get("accept"), TEXTS)
    permit(caller, Action.CHECK)
    with tempfile.TemporaryDirectory(prefix="mcqms-upload-", dir=jobs.scratch) as folder:
        upload = await receive(request, Path(folder), jobs.limits, "old", "new")
        old, new = (_only(upload, side) for side in ("old", "new"))
        return await run_in_threadpool(_answer, jobs, Path(folder), old, new, upload.values, format_, lang)


def _only(upload: Upload, side: str) -> Path:
    files = upload.of(side)
    if len(files) != 1:
        raise BadValue(f"There are {len(files)} files as {side!r}", remedy="Send one report or one file of data.")
    return Path(side) / files[0]


def _answer(jobs: Jobs, root: Path, old: Path, new: Path, values: dict[str, str], format_: str, lang: str) -> Response:
    unknown = set(values) - {"profile", "as_of"}
    if unknown:
        raise BadValue(f"There is no field {min(unknown)[:40]!r}", remedy="Known: old, new, profile, as_of.")
    as_of = operations.as_date(values.get("as_of"))
    profile = values.get("profile", operations.DEFAULT_PROFILE)
    assert format_ in COMPARISON_FORMATS  # noqa: S101  # both tables have the same names
    content = jobs.do(CompareReports(root, old, new, profile, as_of, format_, lang))
    return Response(content, media_type=TEXTS[format_])
