"""`/datasets`: what the workspace keeps, version by version; handing in, taking out, comparing and going back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Version
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.dependencies import Calling, Held, Lang, Working
from mcqms_kg.service.handing_in import hand_in, received, replaced, rolled_back
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import REPORTS, contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.job_responses import awaited_response
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.versions import DiffVersions, WriteVersion, kept_files
from mcqms_kg.service.routes.checks import PREFER, CheckOptions, CheckRequest, check_dataset
from mcqms_kg.service.routes.dataset_states import Changed, DatasetState, Rollback, VersionState

router = APIRouter(tags=["datasets"])
Name = Annotated[str, InPath(pattern="^[a-z0-9][a-z0-9_-]{0,63}$", examples=["horizon"])]
Number = Annotated[int, InPath(ge=1, le=1_000_000_000)]
VERSION = {
    "json": "application/json",
    "turtle": "text/turtle; charset=utf-8",
    "trig": "application/trig",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
"""A version as what is known of it, or as its statements."""
_BODY = openapi_bodies.body(
    openapi_bodies.form(
        {
            "data": openapi_bodies.files("RDF files, each with its name."),
            "title": {"type": "string", "description": "What the dataset is called."},
            "private": {
                "type": "string",
                "enum": ["true", "false"],
                "description": "Whether those alone see it whom it is named to. By default as before; the first is.",
            },
        },
        "data",
    ),
    openapi_bodies.documents({"type": "string"}),
)


def _address(version: Version) -> str:
    return f"/datasets/{version.dataset}/versions/{version.number}"


@router.get("/datasets", operation_id="listDatasets", responses=declared(403))
def list_datasets(caller: Calling, serving: Held) -> list[VersionState]:
    """The latest version of every dataset that you see."""
    return [VersionState.of(version) for version in serving.view(caller).latest.values()]


@router.get("/datasets/{name}", operation_id="readDataset", responses=declared(403, 404))
def read_dataset(name: Name, caller: Calling, serving: Held) -> DatasetState:
    """A dataset with all its versions."""
    serving.view(caller).version(name)
    found = serving.view(caller).versions_of(name)
    return DatasetState(name=name, title=found[-1].title, versions=[VersionState.of(version) for version in found])


@router.post(
    "/datasets/{name}",
    operation_id="import",
    status_code=201,
    openapi_extra={"requestBody": _BODY},
    responses=declared(403, 413, 415, 422, 503),
)
async def import_files(
    name: Name, request: Request, response: Response, caller: Calling, jobs: Working, serving: Held
) -> VersionState:
    """Hand in files as a new version; it exists when you are told so, and for good. `Location` is its address."""
    permit(caller, Action.IMPORT, name)
    async with received(request, jobs) as upload:
        made = await serving.in_turn(lambda: hand_in(serving, caller, name, upload))
    response.headers["Location"] = _address(made)
    return VersionState.of(made)


@router.put(
    "/datasets/{name}",
    operation_id="replaceDataset",
    status_code=201,
    openapi_extra={"requestBody": _BODY},
    responses={
        200: {"model": VersionState, "description": "The latest version is these files already."},
        **declared(403, 413, 415, 422, 503),
    },
)
async def replace_dataset(
    name: Name, request: Request, response: Response, caller: Calling, jobs: Working, serving: Held
) -> VersionState:
    """The same, unless the latest version is these files already."""
    permit(caller, Action.IMPORT, name)
    async with received(request, jobs) as upload:
        made, is_new = await serving.in_turn(lambda: replaced(serving, caller, name, upload))
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = _address(made)
    return VersionState.of(made)


@router.get(
    "/datasets/{name}/versions/{number}",
    operation_id="readVersion",
    response_class=Response,
    responses={
        200: {"description": "What is known of it, or its statements.", "content": contents(VERSION, "VersionState")},
        **declared(403, 404, 406, 422, 503),
    },
)
async def read_version(
    name: Name, number: Number, request: Request, caller: Calling, jobs: Working, serving: Held
) -> Response:
    """A version: what is known of it as JSON, or its statements in an RDF syntax, literals as they were written."""
    version = serving.view(caller).version(name, number)
    syntax = chosen(request.headers.get("accept"), VERSION)
    if syntax == "json":
        return JSONResponse(VersionState.of(version).model_dump(mode="json"), headers={"Vary": "Accept"})
    work = await serving.aside(lambda: WriteVersion(kept_files(serving.workspace, version), syntax, version.graph))
    return document(request, await run_in_threadpool(jobs.do, work), VERSION[syntax])


@router.get(
    "/datasets/{name}/versions/{number}/files/{file:path}",
    operation_id="readFile",
    response_class=Response,
    responses={
        200: {"description": "The bytes as they came.", "content": {"application/octet-stream": {}}},
        **declared(403, 404),
    },
)
def read_file(name: Name, number: Number, file: str, request: Request, caller: Calling, serving: Held) -> Response:
    """A file of a version, byte for byte."""
    version = serving.view(caller).version(name, number)
    found = next((original for original in version.originals if original.name == file), None)
    if found is None:
        known = ", ".join(original.name for original in version.originals)
        raise UnknownName(f"The version has no file {file[:100]!r}", remedy=f"Its files: {known}.")
    content = serving.workspace.originals.find(found.digest).read_bytes()
    return document(request, content, "application/octet-stream")


@router.get("/datasets/{name}/differences", operation_id="diff", responses=declared(403, 404, 422, 503))
async def diff(
    name: Name,
    caller: Calling,
    jobs: Working,
    serving: Held,
    old: Annotated[int, Query(ge=1, le=1_000_000_000)],
    new: Annotated[int, Query(ge=1, le=1_000_000_000)],
) -> Changed:
    """The statements that were added and removed from one version to another, literals as they were written."""
    sides = [serving.view(caller).version(name, number) for number in (old, new)]
    work = await serving.aside(lambda: DiffVersions(*(kept_files(serving.workspace, side) for side in sides)))
    found = await run_in_threadpool(jobs.do, work)
    added, removed = ([f"{s} {p} {o} ." for s, p, o in side] for side in (found.added, found.removed))
    return Changed(old=old, new=new, added=added, removed=removed)


@router.post("/datasets/{name}/rollbacks", operation_id="rollback", status_code=201, responses=declared(403, 404, 503))
async def rollback(name: Name, wanted: Rollback, response: Response, caller: Calling, serving: Held) -> VersionState:
    """A new version that is equal to an earlier one; everything in between stays."""
    permit(caller, Action.IMPORT, name)
    serving.view(caller).version(name, wanted.version)
    made = await serving.in_turn(lambda: rolled_back(serving, caller, name, wanted.version))
    response.headers["Location"] = _address(made)
    return VersionState.of(made)


@router.get("/datasets/{name}/checks", operation_id="listChecksOfDataset", responses=declared(403, 404))
def checks_of_dataset(name: Name, caller: Calling, jobs: Working, serving: Held) -> list[JobState]:
    """The checks of a dataset that are kept, the newest first."""
    serving.view(caller).version(name)
    found = jobs.checks_of(serving.view(caller).version_graphs)
    return [JobState.of(job) for job in found if job.version and job.version.dataset == name]


@router.post(
    "/datasets/{name}/checks",
    operation_id="checkDataset",
    response_class=Response,
    openapi_extra={"parameters": [PREFER]},
    responses={
        200: {"description": "The report, conformant or not.", "content": contents(REPORTS, "CheckReport")},
        202: {"model": JobState, "description": "It takes longer; `Location` is the job's address."},
        **declared(403, 404, 406, 410, 422, 503),
    },
)
async def check_dataset_(
    name: Name,
    request: Request,
    caller: Calling,
    jobs: Working,
    serving: Held,
    options: CheckOptions,
    lang: Lang = "en",
) -> Response:
    """Check the latest version of a dataset; after a small change only what it can touch is asked again."""
    chosen(request.headers.get("accept"), REPORTS)
    asked = CheckRequest(dataset=name, **options.model_dump())
    job = await run_in_threadpool(check_dataset, jobs, serving, caller, asked)
    return await awaited_response(request, jobs, job, REPORTS, lang)
