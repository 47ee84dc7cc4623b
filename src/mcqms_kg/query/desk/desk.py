"""Where a service asks: questions are handed to processes that can be killed, several at a time, and none waits behind a long one.

All of it happens in the event loop of the service; other threads may ask too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints, remove
from mcqms_kg.query.desk.cache import AnswerCache
from mcqms_kg.query.desk.choosing import free, is_last, least, quick
from mcqms_kg.query.desk.early import Early
from mcqms_kg.query.desk.forks import Forks
from mcqms_kg.query.desk.paces import LONG, Pace
from mcqms_kg.query.desk.preparing import Preparer
from mcqms_kg.query.desk.waiting import Waiting
from mcqms_kg.query.desk.wire import Reply
from mcqms_kg.query.desk.worker_handle import Asked, Given, WorkerHandle, settle, with_file
from mcqms_kg.query.refusals import all_at_work, not_copied, took_too_long, unavailable, worker_died
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import MEBIBYTE, QueryLimits

_LOOK_EVERY = 0.025
_REINFORCED = 1.0
"""Seconds after which another process is there in the place of one that waits for a disk; of one that works, sooner."""
_VERY_LONG = 0.5
"""Seconds after which a process lets others go first."""
_START_SECONDS = 120

Found = Answer | Exception
Tell = Callable[[Found], None]


class Desk:
    """Some processes that answer. `begin` it in the event loop that it lives in, and `close` it.

    `size` of them work at what is short; one more is there while another is at something long. No more than `size` are at what is
    long: where the last one gets there too and others wait, what it is at begins anew when there is room.
    """

    def __init__(self, checkpoints: Checkpoints, limits: QueryLimits, *, size: int = 1) -> None:
        self._checkpoints, self.limits, self._size = checkpoints, limits, size
        self._cache = AnswerCache(limits.query_cache_mb * MEBIBYTE)
        self._workers: list[WorkerHandle] = []
        self._forks = Forks()
        self.preparer = Preparer(self._forks, limits)
        self._waiting = Waiting()
        self._early = Early(checkpoints, self.preparer)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._looking: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Future[Any]] = set()
        self._stopping = False

    def begin(self) -> None:
        """From now on it lives in the event loop that runs."""
        self._loop = asyncio.get_running_loop()

    def known(self, request: Request) -> Answer | None:
        """The answer, where the same was asked before and nothing was written since; this never waits."""
        checkpoint = self._checkpoints.newest()
        if checkpoint is None or self._stopping:
            return None
        return self._cache.find(request, checkpoint)

    async def answered(self, request: Request, *, spool: bool = False) -> Answer:
        """The whole answer; with `spool`, a large one comes as an open file.

        Raises `BadQuery`, `Forbidden`, `Unsupported`, `AnswerTooLarge`, `TookTooLong`, `WorkerDied` or `Unavailable`.
        There is never a part of an answer.
        """
        if known := self.known(request):
            return known
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.ask(request, lambda found: settle(waiting, found), spool=spool)
        return await waiting

    def answer(self, request: Request, *, spool: bool = False) -> Answer:
        """The same, from another thread, which waits."""
        if known := self.known(request):
            return known
        if self._loop is None or self._loop.is_closed():
            raise unavailable()
        waiting: Future[Answer] = Future()
        self._loop.call_soon_threadsafe(lambda: self.ask(request, lambda found: settle(waiting, found), spool=spool))
        return waiting.result()

    def ask(self, request: Request, tell: Tell, *, spool: bool = False) -> None:
        """Has `tell` told the answer, or why there is none, later in this loop."""
        asked = Asked(request, spool, tell, time.monotonic())
        if self._stopping:
            tell(unavailable())
            return
        self._admit(asked)
        if self._looking is None:
            self._look()

    def stop(self) -> None:
        """In its loop: ends the queries that run, and answers no more; each gets `Unavailable`."""
        self._stopping = True
        for asked in self._every():
            self._done(asked, unavailable())
        self._waiting.clear()
        self._early.clear()
        self.preparer.stop()
        for worker in self._workers:
            worker.kill()

    def close(self) -> None:
        """Ends the queries that run, and the processes."""
        self.stop()
        if self._looking:
            self._looking.cancel()
        for task in self._tasks:
            task.cancel()
        for worker in self._workers:
            worker.close()
        self.preparer.close()
        self._forks.close()
        for worker in self._workers:
            worker.clear()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes that are there."""
        return tuple(worker.pid for worker in self._workers if worker.pid)

    def _every(self) -> list[Asked]:
        at_work = [given.asked for worker in self._workers for given in worker.given]
        return [asked for asked in (*at_work, *self._waiting, *self._early) if not asked.is_done]

    def _admit(self, asked: Asked) -> None:
        """Gives a question the copy that it is answered from, made first where that is missing."""
        checkpoint = None if self._early.holds(asked.request) else self._checkpoints.take()
        if checkpoint:
            asked.checkpoint = checkpoint
            self._take_in(asked)
        elif self._early.add(asked):
            tell = partial(asyncio.get_running_loop().call_soon_threadsafe, self._admit_early)
            self._aside(partial(self._early.make_copy, tell), lambda failed: self._admit_early(failed=failed))

    def _take_in(self, asked: Asked) -> None:
        """Gives a question to a process at once, where nobody waits and more than one are at what is short."""
        several = [] if self._waiting else free(quick(self._workers, self._size))
        if len(several) > 1 and self._waiting.paces.of(asked.request.text) is not Pace.LONG:
            least(several).ask(asked)
        else:
            self._waiting.add(asked)
            self._hand_out()

    def _admit_early(self, graphs: tuple[Term, ...] | None = None, failed: BaseException | None = None) -> None:
        for asked in self._early.taken(graphs):
            if failed:
                self._done(asked, not_copied())
            elif not asked.is_done:
                self._admit(asked)

    def _aside(self, work: Callable[[], object], then: Callable[[BaseException | None], None]) -> None:
        assert self._loop  # noqa: S101  # it has begun
        self._follow(self._loop.run_in_executor(None, work), then)

    def _follow(self, task: asyncio.Future[Any], then: Callable[[BaseException | None], None]) -> None:
        self._tasks.add(task)

        def ended(task: asyncio.Future[Any]) -> None:
            self._tasks.discard(task)
            if not task.cancelled():
                then(task.exception())

        task.add_done_callback(ended)

    def _hand_out(self) -> None:
        """Gives what waits to processes that are at nothing long, and starts one where more could be used."""
        while self._waiting:
            ready = free(now := quick(self._workers, self._size))
            long_too = sum(bool(worker.is_slow or worker.longs) for worker in self._workers) < self._size
            asked = self._waiting.next(is_last=len(now) == 1, long_too=long_too) if ready else None
            if asked is None:
                break
            least(ready).ask(asked)
        if self._waiting and all(worker.is_ready for worker in self._workers):
            self._staff()

    def _staff(self) -> None:
        """Starts a process where fewer than `size` are at what is short, and no more than one above that are there."""
        is_short = len(quick(self._workers, self._size)) < self._size
        if is_short and len(self._workers) <= self._size and not self._stopping:
            worker = WorkerHandle(self, self._checkpoints.folder, self._forks)
            self._workers.append(worker)
            task = asyncio.get_running_loop().create_task(worker.start())
            self._follow(task, lambda failed: self.has_died(worker, str(failed)) if failed else None)

    def _look(self) -> None:
        """Looks after those at work, as long as there is anything to look after."""
        now = time.monotonic()
        for worker in tuple(self._workers):
            self._look_after(worker, now - worker.since)
        for asked in [asked for asked in self._waiting if now - asked.begun > self.limits.query_timeout_s]:
            self._waiting.remove(asked)
            self._done(asked, all_at_work(self._size))
        self._hand_out()
        busy = self._waiting or self._early or any(worker.given or not worker.is_ready for worker in self._workers)
        self._looking = self._loop.call_later(_LOOK_EVERY, self._look) if busy and self._loop else None

    def _look_after(self, worker: WorkerHandle, seconds: float) -> None:
        if not worker.is_ready:
            if seconds > _START_SECONDS:
                worker.kill()
        elif worker.given and seconds > self.limits.query_timeout_s:
            self._waiting.paces.took_long(worker.given[0].asked.request.text)
            self._done(worker.given[0].asked, took_too_long(self.limits))
            worker.kill()
        elif worker.given and seconds > _LOOK_EVERY:
            if worker.worked is None:
                worker.worked = worker.processor_seconds()
            if seconds > LONG:
                self._look_after_long(worker, seconds)

    def _look_after_long(self, worker: WorkerHandle, seconds: float) -> None:
        if not worker.is_slow:
            worker.is_slow = True
            self._waiting.put_back(worker.hand_back())
        if (
            self._waiting.are_held_up
            and is_last(worker, self._workers, self._size)
            and worker.works_since(seconds) > worker.leash
        ):
            self._put_off(worker, seconds)
            return
        if worker.works_since(seconds) > LONG or seconds > _REINFORCED:
            self._staff()
        if seconds > _VERY_LONG:
            worker.give_way()

    def _put_off(self, worker: WorkerHandle, seconds: float) -> None:
        """Ends the process at once; what it was at waits with what is long, and begins anew."""
        self._let_go(worker)
        self._waiting.put_off(worker.given[0].asked, seconds)
        self._hand_out()

    def is_ready(self, worker: WorkerHandle) -> None:  # noqa: ARG002  # whoever it is
        self._hand_out()

    def has_answered(self, worker: WorkerHandle, given: Given, reply: Reply) -> None:
        asked, found = given.asked, reply.found
        if found is not None:
            self._waiting.paces.took(asked.request.text, reply.seconds)
        if isinstance(found, Answer) and not asked.is_done:
            self._done(asked, with_file(found, given.spool))
        else:
            given.clear()
            if found is not None:
                self._done(asked, found)
        if worker.is_old and not worker.given:
            self._let_go(worker)
        self._hand_out()

    def has_died(self, worker: WorkerHandle, last_words: str) -> None:
        """What it was at has failed; what waited in it is answered by another."""
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        left = list(worker.given)
        worker.clear()
        problem = worker_died(f"The process at work died: {last_words}.", self.limits)
        if left:
            mine = [given.asked for given in left if given.asked.at is worker and not given.asked.is_done]
            if mine and mine[0] is left[0].asked:
                self._done(mine.pop(0), problem)
            self._waiting.put_back(mine)
        elif not any(other.is_ready for other in self._workers):
            for asked in tuple(self._waiting):  # it did not even start
                self._done(asked, problem)
            self._waiting.clear()
        if left and not self._stopping:
            self._staff()
        self._hand_out()

    def _let_go(self, worker: WorkerHandle) -> None:
        """Ends a process that is of no more use; what it was given is somebody else's."""
        self._workers.remove(worker)
        worker.close()
        worker.clear()

    def _done(self, asked: Asked, found: Found) -> None:
        if asked.is_done:
            return
        asked.is_done = True
        if asked.checkpoint and (old := self._checkpoints.give_back(asked.checkpoint)):
            self._aside(lambda: remove(old), lambda _: None)
        if asked.checkpoint and isinstance(found, Answer) and found.file is None:
            self._cache.keep(asked.request, asked.checkpoint, found)
        asked.tell(found)
