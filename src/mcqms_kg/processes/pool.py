"""Some child processes of one module, lent to one caller each."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mcqms_kg.errors import McqmsError, TookTooLong, WorkerDied
from mcqms_kg.processes.child import Child


@dataclass(frozen=True)
class Refusals:
    """What the callers of a pool are told; where nothing stands for it, what the process itself raised."""

    at_work: Callable[[], McqmsError] | None = None
    """No process became free in time."""
    late: Callable[[], TookTooLong] | None = None
    died: Callable[[str], WorkerDied] | None = None
    """Its last words are given."""
    stopping: Callable[[], McqmsError] | None = None


class ProcessPool:
    """The processes of one module. Close it."""

    def __init__(self, module: str, size: int, refusals: Refusals) -> None:
        self.children = tuple(Child(module) for _ in range(size))
        self._refusals = refusals
        self._idle = set(range(size))
        self._change = threading.Condition()
        self._is_stopping = False

    @contextmanager
    def lent(self, seconds: float | None = None, about: str = "") -> Iterator[Child]:
        """A process that is free, within so many seconds; the same `about` gets the same process where that is free, which knows it.

        Raises a refusal where none is free in time or all is being stopped, and where the work takes too long or kills its process.
        """
        self._refuse_when_stopping()
        number = self._taken(seconds, about)
        try:
            yield self.children[number]
        except TookTooLong as problem:
            if self._refusals.late is None:
                raise
            raise self._refusals.late() from problem
        except WorkerDied as problem:
            self._refuse_when_stopping()
            if self._refusals.died is None:
                raise
            raise self._refusals.died(problem.what) from problem
        finally:
            with self._change:
                self._idle.add(number)
                self._change.notify()

    def stop(self) -> None:
        """From another thread: ends what runs, and lends no more."""
        self._is_stopping = True
        for child in self.children:
            child.kill()

    def close(self) -> None:
        """Ends the processes, whatever they are at."""
        for child in self.children:
            child.close()

    def _taken(self, seconds: float | None, about: str) -> int:
        wished = zlib.crc32(about.encode()) % len(self.children)
        with self._change:
            if not self._change.wait_for(lambda: self._idle, seconds):
                assert self._refusals.at_work  # noqa: S101  # who waits for a bounded time says what is told then
                raise self._refusals.at_work()
            number = wished if wished in self._idle else min(self._idle)
            self._idle.remove(number)
        return number

    def _refuse_when_stopping(self) -> None:
        if self._is_stopping and self._refusals.stopping:
            raise self._refusals.stopping()
