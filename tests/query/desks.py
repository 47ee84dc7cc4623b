"""A desk over one graph of numbers, and a check that nothing of it is left."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import Workspace

MANY = 300
"""Things that a question can be about."""


class Asking:
    """A desk over one graph, and its questions."""

    def __init__(self, desk: Desk, checkpoints: Checkpoints, graph: str) -> None:
        self.desk, self.checkpoints, self.graph = desk, checkpoints, graph

    async def __call__(self, text: str, *, base: str | None = None, spool: bool = False) -> Answer:
        asked = requested(self.desk.limits, text, [self.graph], [], ("csv", "json"), base=base)  # type: ignore[list-item]  # a name
        return await self.desk.answered(asked, spool=spool)

    async def point(self, number: int) -> bool:
        """Whether a question about one thing is answered as it should be."""
        answer = await self(f"SELECT ?o {{ <http://e/s{number}> <http://e/p> ?o }}")
        return answer.content == f"o\r\n{number}\r\n".encode()


@asynccontextmanager
async def desk(workspace: Workspace, limits: QueryLimits | None = None, size: int = 2) -> AsyncIterator[Asking]:
    folder = workspace.folder / f"copies-{time.monotonic_ns()}"
    checkpoints = Checkpoints(folder, workspace.embedded.checkpoint)
    found = Desk(checkpoints, limits or QueryLimits(), size=size)
    found.begin()
    try:
        yield Asking(found, checkpoints, versions(workspace)[0].graph)
    finally:
        processes = found.processes
        found.close()
        assert not any(map(_runs, processes)), "a process goes on when the desk is closed"
        assert not list(folder.glob("answer-*")), "no file is left"


def run(
    workspace: Workspace, work: Callable[[Asking], Awaitable[None]], limits: QueryLimits | None = None, size: int = 2
) -> None:
    async def whole() -> None:
        async with desk(workspace, limits, size) as ask:
            await work(ask)

    asyncio.run(whole())


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(") ")[1][0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
