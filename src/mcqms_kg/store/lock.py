"""One at a time, among processes too: a lock on an open file that goes with the process that holds it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

try:
    import fcntl
except ImportError:  # not a POSIX system: threads are kept apart, processes are not
    fcntl = None  # type: ignore[assignment]  # a module or nothing

_THREADS = threading.RLock()  # who holds one lock may ask for another


@contextmanager
def locked(stream: IO[Any] | int) -> Iterator[None]:
    """Nobody else who asks for the same lock has it meanwhile."""
    with _THREADS:
        if fcntl is None:
            yield
            return
        fcntl.flock(stream, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(stream, fcntl.LOCK_UN)
