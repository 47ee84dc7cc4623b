"""A desk in front of a pool that asks a server: each question waits in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from mcqms_kg.query.remote.pool import ServerPool
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import QueryLimits

_THREADS = 40


class ServerDesk:
    """As `Desk`, over a server, which may be written to by others: so nothing is remembered."""

    def __init__(self, pool: ServerPool, limits: QueryLimits) -> None:
        self._pool, self.limits = pool, limits
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="ask")
        self._tasks: set[asyncio.Future[Answer]] = set()

    def begin(self) -> None:
        """It lives in any event loop."""

    def known(self, request: Request) -> None:  # whatever it is
        """Nothing is remembered."""

    async def answered(self, request: Request, *, spool: bool = False) -> Answer:
        """The whole answer. Raises as `Desk.answered` does, and `ServerFailed`."""
        work = partial(self.answer, request, spool=spool)
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def answer(self, request: Request, *, spool: bool = False) -> Answer:
        """The same, in this thread."""
        return self._pool.answer(request, spool=spool)

    def ask(self, request: Request, tell: Callable[[Answer | Exception], None], *, spool: bool = False) -> None:
        """Has `tell` told the answer, or why there is none, later in this loop."""
        task = asyncio.ensure_future(self.answered(request, spool=spool))
        self._tasks.add(task)

        def ended(task: asyncio.Future[Answer]) -> None:
            self._tasks.discard(task)
            if not task.cancelled():
                problem = task.exception()
                tell(problem if isinstance(problem, Exception) else task.result())

        task.add_done_callback(ended)

    def stop(self) -> None:
        """Ends the queries that run, and answers no more; each gets `Unavailable`."""
        self._pool.stop()

    def close(self) -> None:
        """Ends the queries that run, and the processes."""
        self._pool.stop()
        self._threads.shutdown(wait=True)
        self._pool.close()
