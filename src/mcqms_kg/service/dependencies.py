"""What routes and pages ask FastAPI for: parameters that several have, what the service holds, and who calls."""

from __future__ import annotations

from typing import Annotated, Literal, cast

from fastapi import Depends, Query
from starlette.requests import Request

from mcqms_kg.service.callers.access import Caller, caller_of
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.serving import Serving

Lang = Annotated[Literal["en", "id"], Query(description="English or Indonesian.")]
Profile = Annotated[str, Query(description="The rulebook's profile; `/profiles` lists them.", max_length=100)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Limit = Annotated[int, Query(ge=1, le=500, description="The most to give.")]

EXAMPLE_DAY = "2026-06-30"


def serving_of(request: Request) -> Serving:
    return cast(Serving, request.app.state.serving)


def jobs_of(request: Request) -> Jobs:
    return cast(Jobs, request.app.state.jobs)


Held = Annotated[Serving, Depends(serving_of)]
Working = Annotated[Jobs, Depends(jobs_of)]
Calling = Annotated[Caller, Depends(caller_of)]
