"""Queries on checkpoints: each runs in a process that can be killed, on a copy of the store that never changes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Self, cast

from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.children import Children
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import QueryLimits

WORKER = "mcqms_kg.query.engine.worker"


class Pool:
    """Some processes that answer, each one query at a time. Close it, or use it in `with`."""

    def __init__(self, checkpoints: Checkpoints, limits: QueryLimits, *, size: int = 1) -> None:
        self._checkpoints, self._limits = checkpoints, limits
        self._children = Children(WORKER, size, limits)

    def answer(
        self,
        text: str,
        default: Sequence[Term],
        named: Sequence[Term],
        formats: Sequence[str] = ("json", "turtle"),
        *,
        from_protocol: bool = False,
        base: str | None = None,
        spool: bool = False,
    ) -> Answer:
        """The whole answer to a query over the default graphs, with others by name; with `spool`, a large one comes as an open file.

        Raises `BadQuery`, `Forbidden`, `Unsupported`, `AnswerTooLarge`, `TookTooLong` or `WorkerDied`: there is never a part of an answer.
        """
        limits = self._limits
        file = self._checkpoints.folder / f"answer-{uuid.uuid4().hex}" if spool else None
        graphs = tuple(default), tuple(named)
        try:
            with self._children.lent() as child, self._checkpoints.reading() as checkpoint:
                request = Request(
                    checkpoint, text, *graphs, tuple(formats), limits, from_protocol, base, str(file) if file else None
                )
                found = cast(Answer, child.call(request, limits.query_timeout_s))
            return replace(found, file=file.open("rb")) if file and file.is_file() else found
        finally:
            if file:
                file.unlink(missing_ok=True)  # who has it open reads on

    def stop(self) -> None:
        """From another thread: ends the queries that run, and answers no more; each raises `Unavailable`."""
        self._children.stop()

    def close(self) -> None:
        self._children.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
