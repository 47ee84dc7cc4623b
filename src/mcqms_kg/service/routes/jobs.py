"""`/jobs`: how far a check or validation is, step by step, and its end before its time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Header
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import McqmsError
from mcqms_kg.service.callers.authentication import sender
from mcqms_kg.service.callers.event_streams import CountedStream
from mcqms_kg.service.dependencies import Calling, Held, Working
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.job_responses import is_open, visible_job
from mcqms_kg.service.jobs.job_state import JobState
from mcqms_kg.service.jobs.jobs import Job

router = APIRouter(tags=["jobs"])
_LOOK_EVERY = 0.1
_KEEP_ALIVE = 15.0
EVENTS = "text/event-stream"
_EVENT = {
    "type": "object",
    "required": ["id", "event", "data"],
    "properties": {
        "id": {"type": "string"},
        "event": {"type": "string", "enum": ["progress", "done", "failed", "cancelled"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}


@router.get("/jobs/{id}", operation_id="readJob", responses=declared(403, 404))
def read_job(id: str, caller: Calling, jobs: Working, serving: Held) -> JobState:
    """Where a job of yours stands."""
    return JobState.of(visible_job(jobs, serving, caller, None, id, own=True))


@router.get(
    "/jobs/{id}/events",
    operation_id="followJob",
    response_class=CountedStream,
    responses={
        200: {
            "description": "`progress` for each target shape, then `done`, `failed` or `cancelled` with the job; it ends there.",
            "content": {EVENTS: {"schema": _EVENT}},
        },
        **declared(403, 404, 503),
    },
)
def follow_job(
    id: str,
    request: Request,
    caller: Calling,
    jobs: Working,
    serving: Held,
    last_event_id: Annotated[
        str | None, Header(description="The last event that was seen; the next ones are sent.")
    ] = None,
) -> Response:
    """A job of yours as server-sent events."""
    job = visible_job(jobs, serving, caller, None, id, own=True)
    request.app.state.event_streams.refuse_more(request.scope["who"])
    begin = int(last_event_id) + 1 if last_event_id and last_event_id.isdecimal() and len(last_event_id) < 10 else 0

    async def may_still() -> bool:
        try:
            caller = await sender(request)
        except McqmsError:
            return False
        return job.is_of(caller) and is_open(job, serving, caller)

    return CountedStream(
        _events(request, job, begin, may_still), media_type=EVENTS, headers={"Cache-Control": "no-store"}
    )


@router.delete(
    "/jobs/{id}", operation_id="cancelJob", status_code=204, response_class=Response, responses=declared(403, 404)
)
def cancel_job(id: str, caller: Calling, jobs: Working, serving: Held) -> None:
    """Ends a job of yours, inside a query too, and forgets it."""
    jobs.drop(visible_job(jobs, serving, caller, None, id, own=True))


async def _events(
    request: Request, job: Job, begin: int, may_still: Callable[[], Awaitable[bool]]
) -> AsyncIterator[str]:
    """Ends where whoever listens may see the job no more: their token may end before it does."""
    sent, quiet = begin, 0.0
    while await may_still():
        has_ended = job.has_ended
        steps = job.steps[sent:]
        for step in steps:
            yield _event("progress", {"done": step.done, "total": step.total, "shape": step.shape}, sent)
            sent += 1
        if has_ended:
            yield _event(job.state.value, JobState.of(job).model_dump(mode="json"), sent)
            return
        if await request.is_disconnected():
            return
        quiet = 0.0 if steps else quiet + _LOOK_EVERY
        if quiet >= _KEEP_ALIVE:
            quiet = 0.0
            yield ": still at it\n\n"
        await asyncio.sleep(_LOOK_EVERY)


def _event(name: str, data: dict[str, object], number: int) -> str:
    return f"id: {number}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
