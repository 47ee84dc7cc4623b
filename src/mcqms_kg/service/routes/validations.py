"""`/validations`: plain SHACL on data and shapes that are handed in. Shapes are code, so they run where they can be killed."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import BadValue
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.dependencies import Calling, Held, Lang, Working
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import VALIDATIONS, contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.uploads import Upload, receive
from mcqms_kg.service.job_responses import awaited_response, current_response, visible_job
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.work import ValidateFiles
from mcqms_kg.service.routes.checks import PREFER

router = APIRouter(tags=["validations"])
Engine = Literal["columns", "reference"]
_BODY = openapi_bodies.body(
    openapi_bodies.form(
        {
            "data": openapi_bodies.files("RDF files."),
            "shapes": openapi_bodies.files("SHACL shapes: Core and SPARQL."),
            "engine": openapi_bodies.ENGINE,
        },
        "data",
        "shapes",
    )
)
_REPORT: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report, conformant or not.", "content": contents(VALIDATIONS, "ValidationReport")},
    202: {"model": JobState, "description": "It takes longer; `Location` is the job's address."},
}


@router.post(
    "/validations",
    operation_id="validate",
    response_class=Response,
    openapi_extra={"requestBody": _BODY, "parameters": [PREFER]},
    responses={**_REPORT, **declared(403, 406, 410, 413, 415, 422, 503)},
)
async def validate(request: Request, caller: Calling, jobs: Working, lang: Lang = "en") -> Response:
    """Validate any data against any shapes, with nothing of the rulebook."""
    chosen(request.headers.get("accept"), VALIDATIONS)
    permit(caller, Action.CHECK)
    job = jobs.new("validation", caller, None)
    try:
        upload = await receive(request, job.given, jobs.limits, "data", "shapes")
        work = _work(upload)
    except BaseException:  # a job that never began is dropped whatever ended it; it is raised on
        jobs.drop(job)
        raise
    jobs.begin(job, work)
    return await awaited_response(request, jobs, job, VALIDATIONS, lang)


def _work(upload: Upload) -> ValidateFiles:
    data, shapes = (tuple(f"{field}/{name}" for name in upload.of(field)) for field in ("data", "shapes"))
    unknown = set(upload.values) - {"engine"}
    try:
        engine = TypeAdapter(Engine).validate_python(upload.values.get("engine", "columns"))
    except ValidationError as problem:
        raise BadValue("No such engine", remedy="Known engines: columns, reference.") from problem
    if unknown:
        raise BadValue(f"There is no field {min(unknown)[:40]!r}", remedy="Known: data, shapes, engine.")
    return ValidateFiles(upload.folder, data, shapes, engine)


@router.get(
    "/validations/{id}",
    operation_id="readValidation",
    response_class=Response,
    responses={**_REPORT, **declared(403, 404, 406, 410, 422, 503)},
)
async def read_validation(
    id: str, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """The report of a validation of yours."""
    chosen(request.headers.get("accept"), VALIDATIONS)
    return await current_response(
        request, jobs, visible_job(jobs, serving, caller, "validation", id), VALIDATIONS, lang
    )


@router.delete(
    "/validations/{id}",
    operation_id="deleteValidation",
    status_code=204,
    response_class=Response,
    responses=declared(403, 404),
)
def delete_validation(id: str, caller: Calling, jobs: Working, serving: Held) -> None:
    """Ends a validation of yours where it is still at work, and forgets its report."""
    jobs.drop(visible_job(jobs, serving, caller, "validation", id, own=True))
