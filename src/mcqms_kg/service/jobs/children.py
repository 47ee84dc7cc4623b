"""The processes that check, lent one request at a time."""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from mcqms_kg.errors import Unavailable
from mcqms_kg.processes import Child

CHECKER = "mcqms_kg.service.jobs.checker"


class Children:
    """Some processes, lent one request at a time; the same dataset goes to the same process where that is free, which knows it."""

    def __init__(self, size: int) -> None:
        self._all = [Child(CHECKER) for _ in range(size)]
        self._idle = set(range(size))
        self._change = threading.Condition()

    @contextmanager
    def lent(self, dataset: str = "", seconds: float | None = None) -> Iterator[Child]:
        """Raises `Unavailable` where none is free in time."""
        wished = zlib.crc32(dataset.encode()) % len(self._all)
        with self._change:
            if not self._change.wait_for(lambda: self._idle, seconds):
                raise Unavailable("All processes that check are at work", remedy="Ask again later.")
            number = wished if wished in self._idle else min(self._idle)
            self._idle.remove(number)
        try:
            yield self._all[number]
        finally:
            with self._change:
                self._idle.add(number)
                self._change.notify()

    def close(self) -> None:
        for child in self._all:
            child.close()
