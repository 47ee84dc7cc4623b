"""Queries to a server as queries on checkpoints are asked: each in a process that can be killed, a bounded number at a time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from mcqms_kg.errors import TookTooLong
from mcqms_kg.model import Term
from mcqms_kg.query.children import Children
from mcqms_kg.query.remote.query import NOWHERE, Endpoint, ServerRequest
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import QueryLimits

WORKER = "mcqms_kg.query.remote.worker"
_GRACE_S = 1.0
"""What a process has beyond the limit to say itself that the time is up."""


def _late(limits: QueryLimits) -> TookTooLong:
    return TookTooLong(
        f"The query took longer than {limits.query_timeout_s} s and was stopped",
        remedy="Ask for less, or raise MCQMS_QUERY_TIMEOUT_S. The server may still be at work on it.",
    )


class ServerPool:
    """Some processes that ask the server, each one query at a time; large answers wait in `folder`. Close it."""

    def __init__(self, endpoint: Endpoint, folder: Path, limits: QueryLimits, *, size: int = 1) -> None:
        self._endpoint, self._folder, self._limits = endpoint, folder, limits
        self._children = Children(WORKER, size, limits, _late)

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
        """As `Pool.answer`. Raises the same, and `ServerFailed`."""
        self._folder.mkdir(exist_ok=True)
        file = self._folder / f"answer-{uuid.uuid4().hex}" if spool else None
        request = Request(
            NOWHERE,
            text,
            tuple(default),
            tuple(named),
            tuple(formats),
            self._limits,
            from_protocol,
            base,
            str(file) if file else None,
        )
        try:
            with self._children.lent() as child:
                asked = ServerRequest(self._endpoint, request)
                found = cast(Answer, child.call(asked, self._limits.query_timeout_s + _GRACE_S))
            return replace(found, file=file.open("rb")) if file and file.is_file() else found
        finally:
            if file:
                file.unlink(missing_ok=True)  # who has it open reads on

    def stop(self) -> None:
        """From another thread: ends the queries that run, and answers no more; each raises `Unavailable`."""
        self._children.stop()

    def close(self) -> None:
        self._children.close()
