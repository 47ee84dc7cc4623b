"""Queries to a server as queries on checkpoints are asked: each in a process that can be killed, a bounded number at a time."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from mcqms_kg.errors import TookTooLong
from mcqms_kg.processes.pool import ProcessPool
from mcqms_kg.query.pool import spooled
from mcqms_kg.query.refusals import refusals
from mcqms_kg.query.remote.query import Endpoint, ServerRequest
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
        self._processes = ProcessPool(WORKER, size, refusals(limits, size, _late))

    def answer(self, request: Request, *, spool: bool = False) -> Answer:
        """As `Pool.answer`. Raises the same, and `ServerFailed`."""
        if not spool:
            return self._answer(request)
        self._folder.mkdir(exist_ok=True)
        return spooled(request, self._folder, self._answer)

    def _answer(self, request: Request) -> Answer:
        with self._processes.lent(self._limits.query_timeout_s) as child:
            asked = ServerRequest(self._endpoint, request)
            return cast(Answer, child.call(asked, request.limits.query_timeout_s + _GRACE_S))

    def stop(self) -> None:
        """From another thread: ends the queries that run, and answers no more; each raises `Unavailable`."""
        self._processes.stop()

    def close(self) -> None:
        self._processes.close()
