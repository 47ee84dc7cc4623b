"""`/packs`, `/checks/{id}/pack`, `/annotations`: downloads that are made of a check, with the bytes that the command line writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.service.callers.access import Action, Caller, permit
from mcqms_kg.service.dependencies import Calling, Held, Lang, Working
from mcqms_kg.service.handing_in import received
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.job_responses import visible_job
from mcqms_kg.service.jobs.given_files import given_files
from mcqms_kg.service.jobs.job import Job
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.packs import Made, MarkBook, PackFiles
from mcqms_kg.service.jobs.work import CheckFiles
from mcqms_kg.service.routes.checks import CheckOptions, asked_for
from mcqms_kg.service.serving import Serving
from mcqms_kg.store.layout import lay_out

router = APIRouter(tags=["packs"])
ZIP = {"zip": "application/zip"}
XLSX = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
_HEADERS: Mapping[str, Any] = {
    "Mcqms-Verdict": {"description": "What the check came to.", "schema": {"type": "string"}},
}
_SIGNED = {
    "Mcqms-Signed": {"description": "`yes`, or `no` where the service has no key.", "schema": {"type": "string"}}
}
_MARKED = {
    "Mcqms-Marked": {"description": "How many cells were marked.", "schema": {"type": "integer"}},
    "Mcqms-Unplaced": {"description": "How many findings are about no cell.", "schema": {"type": "integer"}},
}


def _body(field: openapi_bodies.Schema, kinds: Mapping[str, Any]) -> dict[str, Any]:
    fields = {
        "data": field,
        "profile": {"type": "string", "default": operations.DEFAULT_PROFILE},
        "as_of": openapi_bodies.DAY,
        "engine": openapi_bodies.ENGINE,
    }
    return {"requestBody": openapi_bodies.body(openapi_bodies.form(fields, "data"), kinds)}


def _gives(types: Mapping[str, str], description: str, headers: Mapping[str, Any]) -> dict[int | str, dict[str, Any]]:
    content = {kind: {"schema": openapi_bodies.FILE} for kind in types.values()}
    return {200: {"description": description, "content": content, "headers": {**_HEADERS, **headers}}}


@router.post(
    "/packs",
    operation_id="pack",
    response_class=Response,
    openapi_extra=_body(openapi_bodies.files(), openapi_bodies.documents(openapi_bodies.FILE)),
    responses={**_gives(ZIP, "The audit pack.", _SIGNED), **declared(403, 406, 413, 415, 422, 503)},
)
async def pack(request: Request, caller: Calling, jobs: Working, lang: Lang = "en") -> Response:
    """Check the files that you send, and take the check home as an audit pack; nothing is kept. `POST /verifications` verifies it.

    It is signed where the service was given a key, and says so where nobody signed it.
    """
    chosen(request.headers.get("accept"), ZIP)
    permit(caller, Action.CHECK)
    async with received(request, jobs) as upload:
        given = asked_for(CheckOptions, upload.values)
        day = operations.as_date(given.as_of)
        work = PackFiles(upload.folder / "data", upload.of("data"), given.profile, day, given.engine, lang)
        return sent(request, await run_in_threadpool(jobs.make, work), ZIP["zip"], "pack.zip")


@router.get(
    "/checks/{id}/pack",
    operation_id="packOfCheck",
    response_class=Response,
    responses={**_gives(ZIP, "The audit pack.", _SIGNED), **declared(403, 404, 406, 422, 503)},
)
def pack_of_check(
    id: str, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """The audit pack of a check: its files, the rulebook, the report, and a signature where the service has a key.

    Files that you sent for a check of your own are kept with its report for some time, while there is room.
    """
    chosen(request.headers.get("accept"), ZIP)
    return sent(request, packed(jobs, serving, caller, id, lang), ZIP["zip"], "pack.zip")


def packed(jobs: Jobs, serving: Serving, caller: Caller, id_: str, language: str) -> Made:
    """The pack of a check that the caller sees; it is made once, and on record where it is of a dataset."""
    permit(caller, Action.CHECK)
    job = visible_job(jobs, serving, caller, "check", id_)
    work = _pack_work(job, serving, language)
    if job.version is None:
        return jobs.make(work, job)
    about = {"dataset": job.version.dataset, "version": str(job.version.number), "check": job.id}
    with serving.recording(caller, "pack", about):
        return jobs.make(work, job)


def _pack_work(job: Job, serving: Serving, language: str) -> PackFiles:
    if job.outcome is None or not isinstance(job.work, CheckFiles) or not (job.version or given_files(job)):
        raise UnknownName(
            "There is no pack of this check: its files are not kept, or it is not done",
            remedy="Check the files again, or send them to /packs.",
        )
    by = (job.work.profile, job.work.as_of, job.work.engine, language)
    if job.version is None:
        return PackFiles(job.work.root, job.work.files, *by)
    root = serving.workspace.folder.absolute().parent
    files = tuple(str(path.absolute().relative_to(root)) for path in lay_out(serving.workspace, job.version))
    return PackFiles(root, files, *by, as_they_are=True)


@router.get(
    "/checks/{id}/workbook",
    operation_id="workbookOfCheck",
    response_class=Response,
    responses={**_gives(XLSX, "The workbook with its marks.", _MARKED), **declared(403, 404, 406, 422, 503)},
)
def workbook_of_check(
    id: str, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """The workbook that was handed in for a check of yours, with the cells marked that its findings are about."""
    chosen(request.headers.get("accept"), XLSX)
    job = visible_job(jobs, serving, caller, "check", id)
    work = book_work(job, lang)
    return sent(request, jobs.make(work, job), XLSX["xlsx"], work.file)


def book_work(job: Job, language: str) -> MarkBook:
    """What is to be done for the marked workbook; raises `UnknownName` where the check is of something else."""
    name = book_of(job)
    if name is None or job.outcome is None or not isinstance(job.work, CheckFiles):
        raise UnknownName("This is no check of one workbook that was handed in", remedy="Send it to /annotations.")
    work = job.work
    return MarkBook(work.root, name, work.profile, work.as_of, work.engine, language, job.folder)


def book_of(job: Job) -> str | None:
    """The name of the workbook that was handed in alone, if it was one and is kept."""
    found = given_files(job)
    return found[0] if len(found) == 1 and found[0].lower().endswith(".xlsx") else None


@router.post(
    "/annotations",
    operation_id="annotate",
    response_class=Response,
    openapi_extra=_body(openapi_bodies.FILE, {XLSX["xlsx"]: {"schema": openapi_bodies.FILE}}),
    responses={**_gives(XLSX, "The workbook with its marks.", _MARKED), **declared(403, 406, 413, 415, 422, 503)},
)
async def annotate(request: Request, caller: Calling, jobs: Working, lang: Lang = "en") -> Response:
    """Check a workbook (.xlsx), and get it back with the cells marked that findings are about, or that cannot be read.

    Nothing else in it is changed, and nothing is kept.
    """
    chosen(request.headers.get("accept"), XLSX)
    permit(caller, Action.CHECK)
    async with received(request, jobs) as upload:
        given, files = asked_for(CheckOptions, upload.values), upload.of("data")
        if len(files) != 1 or Path(files[0]).suffix.lower() != ".xlsx":
            raise BadValue("One workbook is marked at a time", remedy="Send one .xlsx file.")
        day = operations.as_date(given.as_of)
        work = MarkBook(upload.folder / "data", files[0], given.profile, day, given.engine, lang)
        return sent(request, await run_in_threadpool(jobs.make, work), XLSX["xlsx"], files[0])


def sent(request: Request, made: Made, media_type: str, name: str) -> Response:
    """A file to be kept under a name."""
    found = document(request, made.content, media_type)
    found.headers.update(made.about)
    plain = "".join(
        letter if (letter.isascii() and letter.isalnum()) or letter in "-_." else "_" for letter in Path(name).name
    )
    found.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    return found
