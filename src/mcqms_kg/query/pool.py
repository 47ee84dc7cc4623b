"""Queries on checkpoints: each runs in a process that can be killed, on a copy of the store that never changes."""

from __future__ import annotations

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self, cast

from mcqms_kg.errors import TookTooLong, Unavailable, WorkerDied
from mcqms_kg.model import Term
from mcqms_kg.processes import Child
from mcqms_kg.query.remembered import Remembered
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.settings import MEBIBYTE, QueryLimits

WORKER = "mcqms_kg.query.worker"


class Checkpoints:
    """The newest copy of the store, made when it is first asked for after a change; old ones go when nobody reads them any more."""

    def __init__(self, folder: Path, make: Callable[[Path], None]) -> None:
        self.folder, self._make = folder, make
        self._lock = threading.Lock()
        self._number, self._current = 0, folder / "0"
        self._fresh = False
        self._readers: dict[Path, int] = {}

    def newest(self) -> Path | None:
        """The copy that a query would be answered from now, if it has been made."""
        return self._current if self._fresh else None

    def outdate(self) -> None:
        """To be told after each write: the next query sees what was written."""
        with self._lock:
            self._fresh = False

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """The newest copy, kept while it is in use."""
        with self._lock:
            if not self._fresh:
                self._number += 1
                self._current = self.folder / str(self._number)
                self.folder.mkdir(exist_ok=True)
                self._make(self._current)
                self._fresh = True
            path = self._current
            self._readers[path] = self._readers.get(path, 0) + 1
        try:
            yield path
        finally:
            with self._lock:
                self._readers[path] -= 1
                for old in [p for p, readers in self._readers.items() if not readers and p != self._current]:
                    del self._readers[old]
                    shutil.rmtree(old, ignore_errors=True)


class Pool:
    """Some processes that answer, each one query at a time. Close it, or use it in `with`."""

    def __init__(self, checkpoints: Checkpoints, limits: QueryLimits, *, size: int = 1) -> None:
        self._checkpoints, self._limits = checkpoints, limits
        self._remembered = Remembered(limits.query_cache_mb * MEBIBYTE)
        self._children = [Child(WORKER) for _ in range(size)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        self._stopping = False
        for child in self._children:
            self._idle.put(child)

    def known(
        self,
        text: str,
        default: Sequence[Term],
        named: Sequence[Term],
        formats: Sequence[str],
        *,
        from_protocol: bool = False,
        base: str | None = None,
    ) -> Answer | None:
        """The answer, where the same was asked before and nothing was written since; this never waits."""
        checkpoint = self._checkpoints.newest()
        if checkpoint is None or self._stopping:
            return None
        graphs = tuple(default), tuple(named)
        return self._remembered.find(
            Request(checkpoint, text, *graphs, tuple(formats), self._limits, from_protocol, base)
        )

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
        self._refuse_when_stopping()
        child = self._idle_child()
        file = self._checkpoints.folder / f"answer-{uuid.uuid4().hex}" if spool else None
        try:
            with self._checkpoints.reading() as checkpoint:
                request = Request(
                    checkpoint, text, tuple(default), tuple(named), tuple(formats), limits, from_protocol, base, file
                )
                found = cast(Answer, child.call(request, limits.query_timeout_s))
            if file and file.is_file():  # and so too large to be remembered
                return replace(found, file=file.open("rb"))
            self._remembered.keep(request, found)
            return found
        except TookTooLong as problem:
            raise TookTooLong(
                f"The query took longer than {limits.query_timeout_s} s and was stopped",
                remedy="Ask for less, or raise MCQMS_QUERY_TIMEOUT_S.",
            ) from problem
        except WorkerDied as problem:
            self._refuse_when_stopping()
            raise WorkerDied(
                f"{problem.what} A query may take {limits.query_memory_mb} MB of memory",
                remedy="Ask for less, or raise MCQMS_QUERY_MEMORY_MB.",
            ) from problem
        finally:
            if file:
                file.unlink(missing_ok=True)  # who has it open reads on
            self._idle.put(child)

    def _idle_child(self) -> Child:
        """A process that is free; raises `TookTooLong` where none becomes free in the time that one query may take."""
        try:
            return self._idle.get(timeout=self._limits.query_timeout_s)
        except Empty:
            raise TookTooLong(
                f"All {len(self._children)} processes that answer queries are at work", remedy="Ask again later."
            ) from None

    def stop(self) -> None:
        """From another thread: ends the queries that run, and answers no more; each raises `Unavailable`."""
        self._stopping = True
        for child in self._children:
            child.kill()

    def _refuse_when_stopping(self) -> None:
        if self._stopping:
            raise Unavailable("The service is stopping", remedy="Ask again when it is back.")

    def close(self) -> None:
        for child in self._children:
            child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
