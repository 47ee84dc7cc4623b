"""A check or validation that somebody asked for, and what it is at."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from mcqms_kg.errors import McqmsError
from mcqms_kg.model import KeptCheck, Version
from mcqms_kg.processes.child import Child
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.jobs.work import CheckFiles, Outcome, Step, ValidateFiles

_MOST_STEPS = 5_000


class State(StrEnum):
    """What a job is at."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass
class Job:
    """A check or validation that somebody asked for; it is theirs. `kept` says under what the workspace keeps it, where it does.

    A `trial` looks at a version on another day: nobody else sees it, and no overview counts it.
    """

    id: str
    kind: str
    owner: tuple[str, str]
    folder: Path
    version: Version | None
    created: dt.datetime
    state: State = State.WAITING
    steps: list[Step] = field(default_factory=list)
    outcome: Outcome | None = None
    problem: McqmsError | None = None
    finished: float | None = None
    kept: KeptCheck | None = None
    work: CheckFiles | ValidateFiles | None = None
    trial: bool = False
    child: Child | None = None
    future: Future[None] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def given(self) -> Path:
        """The folder of the files that were handed in. Those of a check stay with its report while there is room; others go."""
        return self.folder / "given"

    @property
    def has_ended(self) -> bool:
        return self.finished is not None

    def tell(self, step: Step) -> None:
        """Hears how far the work is."""
        if len(self.steps) < _MOST_STEPS:
            self.steps.append(step)

    def is_of(self, caller: Caller) -> bool:
        return self.owner == (caller.role.value, caller.name)
