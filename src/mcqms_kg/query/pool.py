"""Queries on checkpoints: each runs in a process that can be killed, on a copy of the store that never changes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Self, cast

from mcqms_kg.processes.pool import ProcessPool
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.refusals import refusals
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import QueryLimits

WORKER = "mcqms_kg.query.engine.worker"


class Pool:
    """Some processes that answer, each one query at a time. Close it, or use it in `with`."""

    def __init__(self, checkpoints: Checkpoints, limits: QueryLimits, *, size: int = 1) -> None:
        self._checkpoints, self._limits = checkpoints, limits
        self._processes = ProcessPool(WORKER, size, refusals(limits, size))

    def answer(self, request: Request, *, spool: bool = False) -> Answer:
        """The whole answer; with `spool`, a large one comes as an open file.

        Raises `BadQuery`, `Forbidden`, `Unsupported`, `AnswerTooLarge`, `TookTooLong` or `WorkerDied`: there is never a part of an answer.
        """
        return spooled(request, self._checkpoints.folder, self._answer) if spool else self._answer(request)

    def _answer(self, request: Request) -> Answer:
        lent = self._processes.lent(self._limits.query_timeout_s)
        with lent as child, self._checkpoints.reading() as checkpoint:
            return cast(Answer, child.call(replace(request, checkpoint=checkpoint), request.limits.query_timeout_s))

    def stop(self) -> None:
        """From another thread: ends the queries that run, and answers no more; each raises `Unavailable`."""
        self._processes.stop()

    def close(self) -> None:
        self._processes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def spooled(request: Request, folder: Path, call: Callable[[Request], Answer]) -> Answer:
    """The answer; a large one is an open file, whose name in the folder is gone."""
    file = folder / f"answer-{uuid.uuid4().hex}"
    try:
        found = call(replace(request, spool=str(file)))
        return replace(found, file=file.open("rb")) if file.is_file() else found
    finally:
        file.unlink(missing_ok=True)  # who has it open reads on
