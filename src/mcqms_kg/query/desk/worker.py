"""What a process does that answers for the desk. Several questions may wait in it, answered in turn.

It is killed at any moment, and ends by itself where the service is gone.
"""

from __future__ import annotations

import os
import select
import socket
import threading
import time
from collections import deque

from mcqms_kg.errors import McqmsError
from mcqms_kg.query.desk.wire import OPEN, READY, SIGHTS, Forget, Frames, Question, Reply, Sight, framed
from mcqms_kg.query.engine.worker import Worker
from mcqms_kg.query.request import Request

_SOON = 0.01
"""Seconds for which nobody takes back what waits here."""
_AT_ONCE = 256 * 1024
"""Bytes that are taken in at once, into the same room each time: to make and shrink it anew costs as much as a small question."""


class Place:
    """What waits here, and what is known of those who asked."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._frames, self._worker = line, Frames(), Worker()
        self._room = memoryview(bytearray(_AT_ONCE))
        self._waiting: deque[tuple[Question, Sight]] = deque()
        self._sights: dict[int, Sight] = {}
        self._forgotten: set[int] = set()
        self._met: set[int] = set()

    def answer(self) -> None:
        """Answers until the other side is gone."""
        self._line.sendall(framed(READY))
        may_be_forgotten = False
        while True:
            if may_be_forgotten or not self._waiting:
                self._hear(wait=not self._waiting)
            begun = time.monotonic()
            question, sight = self._waiting.popleft()
            if question.number in self._forgotten:
                self._forgotten.discard(question.number)
                reply = Reply(question.number, None, 0)
            else:
                worked = time.process_time()
                found = self._answered(question, sight)
                reply = Reply(question.number, found, self._spent(sight, time.process_time() - worked))
            self._line.sendall(framed(reply))
            may_be_forgotten = time.monotonic() - begun > _SOON

    def _spent(self, sight: Sight, seconds: float) -> float:
        """The work of a question; what is opened and put together for the first of a sight is not its own."""
        if sight.number in self._met:
            return seconds
        self._met.add(sight.number)
        return 0

    def _answered(self, question: Question, sight: Sight) -> object:
        request = Request(
            sight.checkpoint,
            question.text,
            sight.default_graphs,
            sight.named_graphs,
            sight.formats,
            sight.limits,
            sight.from_protocol,
            sight.base,
            question.spool,
        )
        try:
            if self._worker.open(request):
                self._line.sendall(framed(OPEN))
            return self._worker.answer(request)
        except McqmsError as problem:
            return problem
        except MemoryError:
            os._exit(1)

    def _hear(self, wait: bool) -> None:
        """Takes in what was sent; only with `wait` it stays until there is something."""
        while wait or select.select([self._line], [], [], 0)[0]:
            wait = False
            size = self._line.recv_into(self._room)
            if not size:
                os._exit(0)
            for heard in self._frames.of(self._room[:size]):
                if isinstance(heard, Question):
                    self._waiting.append((heard, self._sights[heard.sight]))
                elif isinstance(heard, Forget):
                    self._forgotten |= heard.numbers & {question.number for question, _ in self._waiting}
                else:
                    if heard.number % SIGHTS == 0:  # as on the other side
                        self._sights.clear()
                        self._met.clear()
                    self._sights[heard.number] = heard
            wait = not self._waiting


def end_with(line: socket.socket) -> None:
    """Ends this process at once, even in the middle of work, when the other side is gone."""
    gone = select.poll()
    gone.register(line, 0)  # to be told of nothing but the end
    gone.poll()
    os._exit(0)


def work(line: socket.socket) -> None:
    """Answers what comes on the line, to the end of the process."""
    threading.Thread(target=end_with, args=(line,), daemon=True).start()
    Place(line).answer()
