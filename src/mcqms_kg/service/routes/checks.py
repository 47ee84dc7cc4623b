"""`/checks`: data against the rulebook, clause by clause; what was handed in, or a dataset."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue
from mcqms_kg.operations.kept_checks import KeptAs
from mcqms_kg.service.callers.access import Action, Caller, permit
from mcqms_kg.service.dependencies import Calling, Held, Lang, Limit, Offset, Working
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import REPORTS, contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.uploads import body, media_type, receive
from mcqms_kg.service.job_responses import address, awaited_response, current_response, visible_job
from mcqms_kg.service.jobs.given_files import FIELD
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.jobs.work import CheckFiles
from mcqms_kg.service.routes.findings import FindingsPage, Fitting, page
from mcqms_kg.service.serving import Serving
from mcqms_kg.store.layout import lay_out

router = APIRouter(tags=["checks"])
JSON = "application/json"
_MOST_JSON = 100_000


class CheckOptions(BaseModel):
    """What a check goes by."""

    model_config = ConfigDict(extra="forbid")
    profile: str = Field(operations.DEFAULT_PROFILE, max_length=100, description="The rulebook's profile.")
    as_of: dt.date | None = Field(
        None, description="The check date; today where it is not given.", examples=["2026-06-30"]
    )
    engine: Literal["columns", "reference"] = Field("columns", description="The SHACL engine.")


class CheckRequest(CheckOptions):
    """A check of a dataset: its latest version, or another."""

    dataset: str = Field(pattern="^[a-z0-9][a-z0-9_-]{0,63}$", examples=["horizon"])
    version: int | None = Field(None, ge=1, le=1_000_000_000)


BODY = openapi_bodies.body(
    openapi_bodies.form(
        {
            "data": openapi_bodies.files("RDF files, each with its name."),
            "profile": {"type": "string", "default": operations.DEFAULT_PROFILE},
            "as_of": openapi_bodies.DAY,
            "engine": openapi_bodies.ENGINE,
        },
        "data",
    ),
    {
        JSON: {
            "schema": {"$ref": "#/components/schemas/CheckRequest"},
            "example": {"dataset": "horizon", "profile": "mcqms", "as_of": "2026-06-30"},
        }
    },
    openapi_bodies.documents({"type": "string"}),
)
PREFER = {
    "name": "Prefer",
    "in": "header",
    "description": "How long you wait (RFC 7240): `respond-async`, `wait=10`.",
    "schema": {"type": "string"},
    "example": "wait=100",
}
_REPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report, conformant or not.", "content": contents(REPORTS, "CheckReport")},
    202: {"model": JobState, "description": "It takes longer; `Location` is the job's address."},
}


@router.post(
    "/checks",
    operation_id="check",
    response_class=Response,
    openapi_extra={"requestBody": BODY, "parameters": [PREFER]},
    responses={**_REPORT, **declared(403, 404, 406, 410, 413, 415, 422, 503)},
)
async def check(request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en") -> Response:
    """Check data against the rulebook: files that you send, or a dataset.

    With `Prefer: respond-async`, or where it takes long, the answer is 202 and the address of a job.
    """
    chosen(request.headers.get("accept"), REPORTS)
    if media_type(request) == JSON:
        asked = asked_for(CheckRequest, await body(request, _MOST_JSON))
        job = await run_in_threadpool(check_dataset, jobs, serving, caller, asked)
    else:
        job = await check_upload(request, jobs, caller)
    return await awaited_response(request, jobs, job, REPORTS, lang)


def check_dataset(jobs: Jobs, serving: Serving, caller: Caller, asked: CheckRequest, *, trial: bool = False) -> Job:
    """Begins the check of a version that the caller sees; a trial is not kept."""
    permit(caller, Action.CHECK, asked.dataset)
    version = serving.view(caller).version(asked.dataset, asked.version)
    root = serving.workspace.folder.absolute().parent
    files = tuple(str(path.absolute().relative_to(root)) for path in lay_out(serving.workspace, version))
    follows = version.dataset if asked.engine == operations.DEFAULT_ENGINE else ""
    about = {"dataset": version.dataset, "version": str(version.number), "profile": asked.profile}
    job = jobs.new("check", caller, version, trial=trial)
    kept_as = (
        None if trial else KeptAs(job.id, version.dataset, version.number, caller.name, caller.role.value, job.created)
    )
    work = replace(_work(root, files, asked, follows), kept_as=kept_as)
    jobs.begin(job, work, partial(serving.recording, caller, "check", about))
    return job


async def check_upload(
    request: Request, jobs: Jobs, caller: Caller, options_in: Callable[[dict[str, str]], dict[str, str]] = dict
) -> Job:
    """Begins the check of files that are sent; `options_in` gives what the other fields say of the check."""
    permit(caller, Action.CHECK)
    job = jobs.new("check", caller, None)
    try:
        upload = await receive(request, job.given, jobs.limits, FIELD)
        options = asked_for(CheckOptions, options_in(upload.values))
        work = _work(job.given / FIELD, upload.of(FIELD), options, "")
    except BaseException:  # likewise: a job that never began is dropped; it is raised on
        jobs.drop(job)
        raise
    jobs.begin(job, work)
    return job


def _work(root: Path, files: tuple[str, ...], options: CheckOptions, follows: str) -> CheckFiles:
    as_of = operations.as_date(options.as_of)
    return CheckFiles(root, files, options.profile, as_of, options.engine, follows)


Options = TypeVar("Options", bound=CheckOptions)


def asked_for(model: type[Options], given: bytes | dict[str, str]) -> Options:
    """What was given, as options; raises `BadValue` where it does not fit."""
    try:
        return model.model_validate_json(given) if isinstance(given, bytes) else model.model_validate(given)
    except ValidationError as problem:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in problem.errors()[:5])
        raise BadValue(f"The request does not fit: {said}") from problem


@router.get(
    "/checks/{id}",
    operation_id="readCheck",
    response_class=Response,
    responses={**_REPORT, **declared(403, 404, 406, 410, 413, 422, 503)},
)
async def read_check(
    id: str, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """The report of a check of yours, or of a dataset that you see, in any format."""
    chosen(request.headers.get("accept"), REPORTS)
    return await current_response(request, jobs, visible_job(jobs, serving, caller, "check", id), REPORTS, lang)


@router.get("/checks/{id}/findings", operation_id="listFindingsOfCheck", responses=declared(403, 404, 503))
def findings_of_check(
    id: str,
    caller: Calling,
    jobs: Working,
    serving: Held,
    fits: Fitting,
    offset: Offset = 0,
    limit: Limit = 100,
    lang: Lang = "en",
) -> FindingsPage:
    """The findings of a check, those that fit."""
    job = visible_job(jobs, serving, caller, "check", id)
    if job.outcome is None:
        raise BadValue("The check has no report yet, or none", remedy=f"See {address(job)}.")
    return page(jobs, {job.id: job}, fits, offset, limit, lang)


@router.delete(
    "/checks/{id}", operation_id="deleteCheck", status_code=204, response_class=Response, responses=declared(403, 404)
)
def delete_check(id: str, caller: Calling, jobs: Working, serving: Held) -> None:
    """Ends a check of yours where it is still at work, and forgets its report."""
    jobs.drop(visible_job(jobs, serving, caller, "check", id, own=True))
