"""`/datasets`: what the workspace keeps, version by version; handing in, taking out, comparing and going back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue, McqmsError, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import sha256
from mcqms_kg.model import Version
from mcqms_kg.service.access import Action, Caller, permit
from mcqms_kg.service.answers import soon
from mcqms_kg.service.edge import REPORTS, Calling, Held, Lang, Working, contents, seen_graphs, visible
from mcqms_kg.service.negotiation import chosen
from mcqms_kg.service.problems import declared
from mcqms_kg.service.replies import document
from mcqms_kg.service.routes.checks import PREFER, CheckOptions, CheckRequest, check_dataset
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.states import JobState
from mcqms_kg.service.uploads import DOCUMENTS, FORM, Upload, receive
from mcqms_kg.settings import JobLimits
from mcqms_kg.store.workspace import Workspace

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
_FILE = {"type": "string", "format": "binary"}
_WORDS = {"true": True, "false": False}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "type": "array",
                        "items": _FILE,
                        "minItems": 1,
                        "description": "RDF files, each with its name.",
                    },
                    "title": {"type": "string", "description": "What the dataset is called."},
                    "private": {
                        "type": "string",
                        "enum": ["true", "false"],
                        "description": "Whether only some see it.",
                    },
                },
            }
        },
        **{kind: {"schema": {"type": "string"}} for kind in DOCUMENTS},
    },
}


class OriginalFile(BaseModel):
    """A file as it was handed in."""

    name: str = Field(examples=["credentials.ttl"])
    sha256: str
    size: int = Field(description="Bytes.")


class VersionState(BaseModel):
    """A version of a dataset. It never changes."""

    dataset: str = Field(examples=["horizon"])
    version: int = Field(examples=[1])
    graph: str = Field(examples=["https://w3id.org/mcqms/dataset/horizon/1"])
    title: str
    private: bool = Field(description="Whether only those see it to whom it is named.")
    at: dt.datetime
    by: str
    statements: int
    files: list[OriginalFile]
    restores: int | None = Field(None, description="The earlier version that it is equal to, after a rollback.")

    @classmethod
    def of(cls, version: Version) -> VersionState:
        """The version as it is told."""
        files = [OriginalFile(name=o.name, sha256=o.digest, size=o.size) for o in version.originals]
        return cls(
            dataset=version.dataset,
            version=version.number,
            graph=terms.iri_text(version.graph),
            title=version.title,
            private=version.private,
            at=version.at,
            by=version.by,
            statements=version.statements,
            files=files,
            restores=version.restores,
        )


class DatasetState(BaseModel):
    """A dataset: its versions, the latest last."""

    name: str
    title: str
    versions: list[VersionState]


class Changed(BaseModel):
    """The statements that one version has and the other has not, each as a line of N-Triples."""

    old: int
    new: int
    added: list[str]
    removed: list[str]


class Rollback(BaseModel):
    """Which version to go back to."""

    model_config = ConfigDict(extra="forbid")
    version: int = Field(ge=1, le=1_000_000_000)


@asynccontextmanager
async def _received(request: Request, limits: JobLimits) -> AsyncIterator[Upload]:
    """The files of the request in a folder that goes afterwards; errors call them by their own names."""
    with tempfile.TemporaryDirectory(prefix="mcqms-upload-") as folder:
        try:
            yield await receive(request, Path(folder), limits, "data")
        except McqmsError as problem:
            root = Path(folder) / "data"
            if problem.place and Path(problem.place.file).is_relative_to(root):
                problem.place = replace(problem.place, file=str(Path(problem.place.file).relative_to(root)))
            raise


def _hand_in(serving: Serving, caller: Caller, name: str, upload: Upload) -> Version:
    with serving.writing() as workspace:
        return _new_version(workspace, caller, name, upload)


def _rolled_back(serving: Serving, caller: Caller, name: str, number: int) -> Version:
    with serving.writing() as workspace:
        return operations.rollback(name, number, by=caller.name, role=caller.role, workspace=workspace)


def _replaced(serving: Serving, caller: Caller, name: str, upload: Upload) -> tuple[Version, bool]:
    """The latest version where it is these files, else a new one; and whether it is new."""
    given = {file: sha256(path) for file, path in upload.paths("data").items()}
    with serving.writing() as workspace:
        seen = [version for version in serving.view(caller).versions if version.dataset == name]
        if seen and {original.name: original.digest for original in seen[-1].originals} == given:
            return seen[-1], False
        return _new_version(workspace, caller, name, upload), True


def _new_version(workspace: Workspace, caller: Caller, name: str, upload: Upload) -> Version:
    upload.of("data")
    unknown = set(upload.values) - {"title", "private"}
    private = upload.values.get("private")
    if unknown or private not in (None, *_WORDS):
        raise BadValue("A field is not known, or private is not true or false", remedy="Known: data, title, private.")
    return operations.import_files(
        [upload.folder / "data"],
        name,
        title=upload.values.get("title", ""),
        private=_WORDS[private] if private else None,
        by=caller.name,
        role=caller.role,
        workspace=workspace,
    )


def _address(version: Version) -> str:
    return f"/datasets/{version.dataset}/versions/{version.number}"


@router.get("/datasets", operation_id="listDatasets", responses=declared(403))
def list_datasets(caller: Calling, serving: Held) -> list[VersionState]:
    """The latest version of every dataset that you see."""
    latest = {version.dataset: version for version in serving.view(caller).versions}
    return [VersionState.of(version) for version in latest.values()]


@router.get("/datasets/{name}", operation_id="readDataset", responses=declared(403, 404))
def read_dataset(name: Name, caller: Calling, serving: Held) -> DatasetState:
    """A dataset with all its versions."""
    visible(serving, caller, name)
    found = [version for version in serving.view(caller).versions if version.dataset == name]
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
    async with _received(request, jobs.limits) as upload:
        made = await serving.in_turn(lambda: _hand_in(serving, caller, name, upload))
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
    async with _received(request, jobs.limits) as upload:
        made, is_new = await serving.in_turn(lambda: _replaced(serving, caller, name, upload))
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = _address(made)
    return VersionState.of(made)


@router.get(
    "/datasets/{name}/versions/{number}",
    operation_id="readVersion",
    response_class=Response,
    responses={
        200: {"description": "What is known of it, or its statements.", "content": contents(VERSION, "VersionState")},
        **declared(403, 404, 406),
    },
)
async def read_version(name: Name, number: Number, request: Request, caller: Calling, serving: Held) -> Response:
    """A version: what is known of it as JSON, or its statements in an RDF syntax, literals as they were written."""
    version = visible(serving, caller, name, number)
    syntax = chosen(request.headers.get("accept"), VERSION)
    if syntax == "json":
        return JSONResponse(VersionState.of(version).model_dump(mode="json"), headers={"Vary": "Accept"})
    export = partial(operations.export, name, version=number, format=syntax, workspace=serving.workspace)
    made = await serving.aside(export)
    return document(request, next(iter(made.values())), VERSION[syntax])


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
    version = visible(serving, caller, name, number)
    found = next((original for original in version.originals if original.name == file), None)
    if found is None:
        known = ", ".join(original.name for original in version.originals)
        raise UnknownName(f"The version has no file {file[:100]!r}", remedy=f"Its files: {known}.")
    content = serving.workspace.originals.find(found.digest).read_bytes()
    return document(request, content, "application/octet-stream")


@router.get("/datasets/{name}/differences", operation_id="diff", responses=declared(403, 404, 422))
async def diff(
    name: Name,
    caller: Calling,
    serving: Held,
    old: Annotated[int, Query(ge=1, le=1_000_000_000)],
    new: Annotated[int, Query(ge=1, le=1_000_000_000)],
) -> Changed:
    """The statements that were added and removed from one version to another, literals as they were written."""
    for number in (old, new):
        visible(serving, caller, name, number)
    found = await serving.aside(partial(operations.diff, name, old, new, workspace=serving.workspace))
    added, removed = ([f"{s} {p} {o} ." for s, p, o in side] for side in (found.added, found.removed))
    return Changed(old=old, new=new, added=added, removed=removed)


@router.post("/datasets/{name}/rollbacks", operation_id="rollback", status_code=201, responses=declared(403, 404, 503))
async def rollback(name: Name, wanted: Rollback, response: Response, caller: Calling, serving: Held) -> VersionState:
    """A new version that is equal to an earlier one; everything in between stays."""
    permit(caller, Action.IMPORT, name)
    visible(serving, caller, name, wanted.version)
    made = await serving.in_turn(lambda: _rolled_back(serving, caller, name, wanted.version))
    response.headers["Location"] = _address(made)
    return VersionState.of(made)


@router.get("/datasets/{name}/checks", operation_id="listChecksOfDataset", responses=declared(403, 404))
def checks_of_dataset(name: Name, caller: Calling, jobs: Working, serving: Held) -> list[JobState]:
    """The checks of a dataset that are kept, the newest first."""
    visible(serving, caller, name)
    found = jobs.checks_of(seen_graphs(serving, caller))
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
    return await soon(request, jobs, job, REPORTS, lang)
