"""Ending a run from outside: from another thread by a token, or by Ctrl-C; the columns can be used afterwards."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Protocol

from mcqms_kg.errors import Cancelled
from mcqms_kg.graph.columns.database import errors

_AGAIN = 0.05
"""Seconds between two attempts to interrupt: a query may begin just after one."""
_BY_CTRL_C = "Query interrupted"


class Running(Protocol):
    """What a run may be in the middle of: columns, or a connection to a database."""

    def interrupt(self) -> None: ...


class Cancel:
    """Ends the run that it was given to, from any thread: `cancel()` returns at once, and the run raises `Cancelled`.

    It reaches inside a query. One that was cancelled stays so: every later run with it ends at once.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._running: list[Running] = []

    def cancel(self) -> None:
        self._cancelled.set()
        threading.Thread(target=self._interrupt, daemon=True).start()

    def check(self) -> None:
        """Raises `Cancelled` where it was cancelled."""
        if self._cancelled.is_set():
            raise Cancelled("The run was cancelled")

    def _interrupt(self) -> None:
        """Until every run has ended."""
        while True:
            with self._lock:
                if not self._running:
                    return
                for running in self._running:
                    running.interrupt()
            threading.Event().wait(_AGAIN)

    @contextmanager
    def over(self, running: Running) -> Iterator[None]:
        """The run that is to be ended, as long as it lasts."""
        with self._lock:
            self._running.append(running)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._running.remove(running)


@contextmanager
def cancellable(running: Running, cancel: Cancel | None = None) -> Iterator[None]:
    """What runs inside ends by `Cancelled` when it is cancelled, and by `KeyboardInterrupt` on Ctrl-C in the main thread."""
    try:
        with cancel.over(running) if cancel else nullcontext():
            yield
    except errors("InterruptException"):
        if cancel:
            cancel.check()
        raise
    except RuntimeError as problem:
        if str(problem) != _BY_CTRL_C:
            raise
        raise KeyboardInterrupt from None
