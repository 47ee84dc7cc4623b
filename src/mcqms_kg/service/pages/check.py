"""`/check`: files are checked, or a dataset is; `/check/{id}` tells how far that is, and what it came to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import Forbidden, McqmsError, UnknownName
from mcqms_kg.interop.workbook.grid import Problem, UnreadableCells
from mcqms_kg.report import FORMATS as REPORTS
from mcqms_kg.report import html
from mcqms_kg.service.http.media_types import REPORTS as REPORT_TYPES
from mcqms_kg.service.http.problems import described
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.http.uploads import known_endings
from mcqms_kg.service.jobs.given_files import given_files, path_of
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.jobs.summary import Summarise
from mcqms_kg.service.pages.addresses import address
from mcqms_kg.service.pages.findings import Filters, Wishes, listed
from mcqms_kg.service.pages.forms import FIELD, come_from_here, prove, sent
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.source import excerpt
from mcqms_kg.service.pages.written import written
from mcqms_kg.service.routes.checks import CheckRequest, asked_for, check_dataset, check_upload
from mcqms_kg.service.routes.packs import XLSX, ZIP, book_of, book_work, packed
from mcqms_kg.service.routes.packs import sent as take_away

router = APIRouter()


@router.get("/check", response_class=Response)
def ask_for_check(page: Asked) -> Response:
    """The form for files, and the datasets that can be checked."""
    return _form(page)


@router.post("/check", response_class=Response)
async def check(page: Asked) -> Response:
    """Begins the check of the files that were sent, and leads to it."""
    come_from_here(page.request)
    try:
        job = await check_upload(page.request, page.jobs, page.caller, lambda fields: _options(page, fields))
    except Forbidden:
        raise
    except McqmsError as problem:
        told = described(problem)
        return await run_in_threadpool(_form, page, told, int(str(told["status"])))
    return page.go(address("check", job.id))


@router.post("/check/dataset", response_class=Response)
async def check_of_dataset(page: Asked) -> Response:
    """Begins the check of a dataset, and leads to it."""
    fields = {name: value for name, value in (await sent(page)).items() if value and name != FIELD}
    asked = asked_for(CheckRequest, fields)
    job = await run_in_threadpool(check_dataset, page.jobs, page.serving, page.caller, asked)
    return page.go(address("check", job.id))


@router.get("/check/{id}", response_class=Response)
def read_check(id: str, page: Asked, filters: Filters, then: str = "") -> Response:
    """Where the check is; when it is done its report, or the provider that it was begun for."""
    job = page.check(id)
    if job.outcome is None:
        return page.render(
            "check-state.html.jinja",
            job=job,
            state=JobState.of(job),
            problem=_problem(job),
            cells=cells(job),
            places=written(page, job, [job.problem.place]) if job.problem and job.problem.place else [],
        )
    if then:
        return page.go(address("provider", id=then, check=job.id))
    return _report(page, job, filters)


@router.get("/check/{id}/report", response_class=Response)
def download(id: str, page: Asked, format: str = "html") -> Response:
    """The report in a format, as the command line writes it."""
    job = page.check(id)
    if job.outcome is None:
        raise UnknownName("The check has no report")
    if format not in REPORTS:
        raise UnknownName(f"There is no format {format[:40]!r}", remedy=f"Known: {', '.join(REPORTS)}.")
    language = page.words.language
    content = page.jobs.write(job, format, language)
    found = document(page.request, content, REPORT_TYPES[format])
    if format == "html":
        found.headers["Content-Security-Policy"] = f"{html.policy()}; frame-ancestors 'none'"
    else:
        found.headers["Content-Disposition"] = f'attachment; filename="report{REPORTS[format].ending}"'
    return found


@router.get("/check/{id}/file/{file:path}", response_class=Response)
def read_given_file(id: str, file: str, page: Asked, line: Annotated[int, Query(ge=1, le=10**9)] = 1) -> Response:
    """A file that was handed in for a check, around a line, as long as it is kept."""
    job = page.check(id)
    if file not in given_files(job):
        raise UnknownName("That file is not kept", remedy="Check the files again.")
    shown = excerpt(path_of(job, file), line)
    return page.render("file.html.jinja", version=None, job=job, name=file, shown=shown, line=line)


@router.get("/check/{id}/pack", response_class=Response)
def download_pack(id: str, page: Asked) -> Response:
    """The audit pack of a check."""
    made = packed(page.jobs, page.serving, page.caller, id, page.words.language)
    return take_away(page.request, made, ZIP["zip"], "pack.zip")


@router.get("/check/{id}/workbook", response_class=Response)
def download_workbook(id: str, page: Asked) -> Response:
    """The workbook that was handed in, with marks."""
    job = page.check(id)
    work = book_work(job, page.words.language)
    return take_away(page.request, page.jobs.make(work, job), XLSX["xlsx"], work.file)


@router.post("/check/{id}/end", response_class=Response)
async def end_check(id: str, page: Asked) -> Response:
    """Ends a check of theirs that is at work, and forgets it."""
    await sent(page)
    job = page.check(id, own=True)
    await run_in_threadpool(page.jobs.drop, job)
    return page.go("/check")


def _report(page: Page, job: Job, filters: Wishes) -> Response:
    summary = page.jobs.read(Summarise(job.folder))
    found = listed(page, {job.id: job}, filters)
    return page.render(
        "check-report.html.jinja",
        job=job,
        summary=summary,
        found=found,
        filters=filters,
        formats=REPORTS.values(),
        book=book_of(job),
        pack=(job.version or given_files(job)) and page.may("check"),
    )


def _form(page: Page, problem: Mapping[str, object] | None = None, status: int = 200) -> Response:
    return page.render(
        "check.html.jinja",
        status,
        problem=problem,
        profiles=operations.profiles(),
        chosen_profile=operations.DEFAULT_PROFILE,
        endings=known_endings(),
        datasets=page.view.handed_in,
        today=dt.date.today(),
        minutes=page.jobs.limits.job_keep_s // 60,
    )


def _options(page: Page, fields: Mapping[str, str]) -> dict[str, str]:
    """What the form says of the check, once it is known to be ours."""
    prove(page, fields)
    return {name: value for name, value in fields.items() if value and name != FIELD}


def cells(job: Job) -> Sequence[Problem]:
    """The cells of a workbook that could not be read, each with what to do, where that is why there is no report."""
    return job.problem.problems if isinstance(job.problem, UnreadableCells) else ()


def _problem(job: Job) -> Mapping[str, object] | None:
    return described(job.problem) if job.problem else None
