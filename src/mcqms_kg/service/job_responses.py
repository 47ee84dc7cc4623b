"""What a check or validation is answered with: its report when it is soon there, else where to look for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import UnknownName
from mcqms_kg.report import html
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import described, response
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.serving import Serving

_WAIT = re.compile(r"wait\s*=\s*\"?([0-9]{1,6})\"?")


def address(job: Job) -> str:
    """Where the result of a job is."""
    return f"/{job.kind}s/{job.id}"


def wished_wait(prefer: str, bound: int) -> int:
    """The seconds to keep a caller waiting, by what they prefer (RFC 7240)."""
    wished = {part.strip().lower() for part in re.split("[,;]", prefer)}
    for part in wished:
        if match := _WAIT.fullmatch(part):
            return min(int(match[1]), bound)
    return 0 if "respond-async" in wished else bound


async def awaited_response(request: Request, jobs: Jobs, job: Job, types: Mapping[str, str], language: str) -> Response:
    """The report, or 202 with the address of the job where that takes longer than the caller is kept waiting."""
    seconds = wished_wait(request.headers.get("prefer", ""), jobs.limits.check_wait_s)
    if job.future and seconds:
        await asyncio.wait([asyncio.wrap_future(job.future)], timeout=seconds)
    return await current_response(request, jobs, job, types, language)


async def current_response(request: Request, jobs: Jobs, job: Job, types: Mapping[str, str], language: str) -> Response:
    """What is there of the job now: the report, the problem, or where it stands."""
    if not job.has_ended:
        headers = {"Location": f"/jobs/{job.id}", "Retry-After": "1"}
        return JSONResponse(JobState.of(job).model_dump(mode="json", by_alias=True), 202, headers)
    if job.problem:
        return response(described(job.problem))
    format_ = chosen(request.headers.get("accept"), types)
    content = await run_in_threadpool(jobs.write, job, format_, language)
    found = document(request, content, types[format_])
    found.headers["Content-Location"] = address(job)
    if format_ == "html":
        found.headers["Content-Security-Policy"] = f"{html.policy()}; frame-ancestors 'none'"
    return found


def visible_job(jobs: Jobs, serving: Serving, caller: Caller, kind: str | None, id_: str, *, own: bool = False) -> Job:
    """The job of that name where the caller may see it: one of a dataset, where they see that; any other, where it is theirs.

    With `own` it must be theirs too. Raises `UnknownName`.
    """
    job = jobs.find(id_)
    fits = job is not None and (kind is None or job.kind == kind)
    if job and fits and (job.is_of(caller) or not own) and is_open(job, serving, caller):
        return job
    raise UnknownName(f"There is no {kind or 'job'} {id_[:40]!r}", remedy="Results are kept for some time only.")


def is_open(job: Job, serving: Serving, caller: Caller) -> bool:
    """A check outlasts the rights of who asked for it: of a dataset that they see no more, they see no check."""
    is_theirs = job.is_of(caller) or not (job.trial or job.version is None)
    return is_theirs and (job.version is None or job.version.graph in serving.view(caller).version_graphs)
