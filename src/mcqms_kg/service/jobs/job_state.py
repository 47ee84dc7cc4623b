"""A job as its caller sees it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from mcqms_kg.service.http.problems import Problem, described
from mcqms_kg.service.jobs.jobs import Job


class Result(BaseModel):
    """What a check or validation came to, in short."""

    verdict: Literal["conformant", "nonconformant", "not-checked", "not-applicable"]
    findings: int = Field(description="Findings that no waiver covers, or results of a validation.")
    share: float | None = Field(None, description="The score of a check, between 0 and 1.")
    waived: int | None = Field(None, description="Findings of a check that waivers cover.")


class JobState(BaseModel):
    """A check or validation that was asked for."""

    id: str = Field(examples=["5f0c7d3a9be14c0e8d1b2a6f4e7c9035"])
    kind: Literal["check", "validation"]
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    created: dt.datetime
    dataset: str | None = Field(None, description="The dataset that is checked, where it is one.")
    version: int | None = None
    done: int = Field(description="Target shapes that were run.")
    total: int = Field(description="Target shapes in all; 0 where that is not known yet.")
    result: str = Field(
        description="Where the report is, or will be.", examples=["/checks/5f0c7d3a9be14c0e8d1b2a6f4e7c9035"]
    )
    outcome: Result | None = None
    problem: Problem | None = None

    @classmethod
    def of(cls, job: Job) -> JobState:
        """The job as it is now."""
        step = job.steps[-1] if job.steps else None
        return cls(
            id=job.id,
            kind=job.kind,  # type: ignore[arg-type]  # one of the two
            state=job.state.value,
            created=job.created,
            dataset=job.version.dataset if job.version else None,
            version=job.version.number if job.version else None,
            done=step.done if step else 0,
            total=step.total if step else 0,
            result=f"/{job.kind}s/{job.id}",
            outcome=Result(verdict=job.outcome.verdict, findings=job.outcome.findings, **job.outcome.more)  # type: ignore[arg-type]  # a code
            if job.outcome
            else None,
            problem=Problem.model_validate(described(job.problem)) if job.problem else None,
        )
