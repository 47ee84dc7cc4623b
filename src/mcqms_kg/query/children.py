"""The processes that answer queries, lent one query at a time to whoever waits."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue

from mcqms_kg.errors import TookTooLong, WorkerDied
from mcqms_kg.processes import Child
from mcqms_kg.query.limited import all_at_work, took_too_long, unavailable, worker_died
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import QueryLimits


class Children:
    """Some processes of one module. Close them."""

    def __init__(
        self,
        module: str,
        size: int,
        limits: QueryLimits,
        late: Callable[[QueryLimits], TookTooLong] = took_too_long,
    ) -> None:
        self._limits, self._late = limits, late
        self.every = tuple(Child(module) for _ in range(size))
        self._idle: SimpleQueue[Child] = SimpleQueue()
        self.is_stopping = False
        for child in self.every:
            self._idle.put(child)

    @contextmanager
    def lent(self) -> Iterator[Child]:
        """A process that is free.

        Raises `TookTooLong` where none becomes free in the time that one query may take, and `Unavailable` where all is
        being stopped. What the process is asked may take too long, or kill it: that is told with the limits.
        """
        self._refuse_when_stopping()
        try:
            child = self._idle.get(timeout=self._limits.query_timeout_s)
        except Empty:
            raise all_at_work(len(self.every)) from None
        try:
            yield child
        except TookTooLong as problem:
            raise self._late(self._limits) from problem
        except WorkerDied as problem:
            self._refuse_when_stopping()
            raise worker_died(problem.what, self._limits) from problem
        finally:
            self._idle.put(child)

    def stop(self) -> None:
        """From another thread: ends what runs, and lends no more."""
        self.is_stopping = True
        for child in self.every:
            child.kill()

    def close(self) -> None:
        for child in self.every:
            child.close()

    def _refuse_when_stopping(self) -> None:
        if self.is_stopping:
            raise unavailable()


def spooled(request: Request, folder: Path, call: Callable[[Request], Answer]) -> Answer:
    """The answer; a large one is an open file, whose name in the folder is gone."""
    file = folder / f"answer-{uuid.uuid4().hex}"
    try:
        found = call(replace(request, spool=str(file)))
        return replace(found, file=file.open("rb")) if file.is_file() else found
    finally:
        file.unlink(missing_ok=True)  # who has it open reads on
