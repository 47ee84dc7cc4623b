"""What is asked where no graph is named is put together in a copy of the store before anybody asks that copy.

A process of its own does it, as those do that answer: it may be killed, and what it found of graphs that never change it keeps.
"""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.processes.priority import UNHURRIED, give_way
from mcqms_kg.query.desk.forks import Forks
from mcqms_kg.query.desk.wire import Frames, Question, Reply, Sight, framed
from mcqms_kg.settings import QueryLimits

_NOTHING = "ASK {}"
"""A question that takes nothing but what is done for the first of all who see the same."""


class Preparer:
    """The process, begun when it is first needed. One copy at a time is prepared. Close it before what begins it."""

    def __init__(self, forks: Forks, limits: QueryLimits) -> None:
        self._forks, self._limits = forks, limits
        self._line: socket.socket | None = None
        self._frames, self._process, self._told = Frames(), 0, 0
        self._is_stopping, self._lock, self._preparing = False, threading.Lock(), threading.Lock()

    def prepare(self, checkpoint: Path, seen: Iterable[Sequence[Term]]) -> None:
        """Puts each of these sets of default graphs together, within the time that one question has.

        What is left undone is done by the process that is first asked.
        """
        with self._preparing:
            until = time.monotonic() + self._limits.query_timeout_s
            try:
                for graphs in seen:
                    self._have_done(checkpoint, tuple(graphs), until)
            except (OSError, EOFError, Unsupported):  # it was killed, took too long, or cannot be begun
                self._end()

    def stop(self) -> None:
        """From another thread: nothing more is prepared."""
        self._is_stopping = True
        with self._lock:
            self._kill()

    def close(self) -> None:
        """Ends the process."""
        self.stop()
        self._end()

    def _have_done(self, checkpoint: Path, graphs: tuple[Term, ...], until: float) -> None:
        line, number = self._line or self._begin(), self._told
        self._told += 1
        sight = Sight(number, checkpoint, graphs, (), ("json",), self._limits, from_protocol=False, base=None)
        line.settimeout(max(0.001, until - time.monotonic()))
        line.sendall(framed(sight) + framed(Question(number, number, _NOTHING, None)))
        while not any(isinstance(told, Reply) for told in self._frames.of(_received(line))):
            line.settimeout(max(0.001, until - time.monotonic()))

    def _begin(self) -> socket.socket:
        if self._is_stopping:
            raise EOFError
        ours, theirs = socket.socketpair()
        with theirs, tempfile.TemporaryFile() as errors:
            self._line = ours
            self._process = self._forks.begin(theirs, errors)
        give_way(self._process, UNHURRIED)
        self._frames, self._told = Frames(), 0
        return ours

    def _end(self) -> None:
        with self._lock:
            if self._line:
                self._line.close()
                self._line = None
            self._kill()
            if self._process:
                self._forks.ended(self._process)
                self._process = 0

    def _kill(self) -> None:
        if self._process:
            with suppress(OSError):  # it has just ended
                os.kill(self._process, signal.SIGKILL)


def _received(line: socket.socket) -> bytes:
    """What has come; raises `EOFError` where nothing more will."""
    received = line.recv(64 * 1024)
    if not received:
        raise EOFError
    return received
