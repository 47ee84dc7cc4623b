"""One worker process of the desk, from the desk's side: how it is started, what it has to answer, and how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import tempfile
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Protocol, cast

from mcqms_kg.processes.child import said_last
from mcqms_kg.processes.priority import give_way
from mcqms_kg.query.desk.forks import Forks
from mcqms_kg.query.desk.paces import Pace
from mcqms_kg.query.desk.wire import OPEN, READY, SIGHTS, Forget, Frames, Question, Reply, Sight, framed
from mcqms_kg.query.request import Answer, Request

WINDOW = 32
"""Questions that one process has at a time: while it answers one, the next are there already."""
_NICE = 10
_LEASH, _OPENING = 0.05, 0.5
"""Seconds of work after which what holds others up in the last process is put off; and those for opening a copy before it begins."""


@dataclass(eq=False)
class Asked:
    """A question until it is answered: who is told, and whether they have been."""

    request: Request
    spooled: bool
    tell: Callable[[Answer | Exception], None]
    begun: float
    checkpoint: Path | None = None
    """The copy that it is answered from."""
    is_done: bool = False
    pace: Pace = Pace.UNKNOWN
    """How long it takes, as far as was known when it began to wait."""
    at: WorkerHandle | None = None
    """Who has it. Somebody else may still have it too, and will not begin it."""

    @property
    def is_long(self) -> bool:
        return self.pace is Pace.LONG


@dataclass(frozen=True)
class Given:
    """A question that a process has."""

    number: int
    asked: Asked
    spool: str | None
    was_long: bool

    def clear(self) -> None:
        """Removes what was written for a large answer that nobody gets."""
        if self.spool:
            Path(self.spool).unlink(missing_ok=True)


class Listener(Protocol):
    """Who hears of a process."""

    def is_ready(self, worker: WorkerHandle) -> None: ...

    def has_answered(self, worker: WorkerHandle, given: Given, reply: Reply) -> None: ...

    def has_died(self, worker: WorkerHandle, last_words: str) -> None: ...


class WorkerHandle(asyncio.Protocol):
    """A process with what it was given, in order. It tells its listener what becomes of it."""

    def __init__(self, listener: Listener, folder: Path, forks: Forks) -> None:
        self._listener, self._folder, self._forks, self._frames = listener, folder, forks, Frames()
        self._unsent: list[bytes] = []
        self._numbers, self._sights, self._told = 0, dict[tuple[Any, ...], int](), 0
        self._last: tuple[tuple[Any, ...], int] = (), 0
        """The sight of the question before, which mostly comes again: to compare is cheaper than to look up."""
        self._copy: Path | None = None
        self._opens = 0
        """The first question from the copy, until that is open."""
        self._transport: asyncio.Transport | None = None
        self.pid = 0
        """Its number; 0 before it has begun and after it has ended."""
        self._errors: IO[bytes] | None = None
        self.given: deque[Given] = deque()
        self.since = time.monotonic()
        """Since when it is at what is the first of the given, or is being started."""
        self.worked: float | None = None
        """What it had used of processors soon after it got to what is the first of the given."""
        self.longs = 0
        """How many of the given are known to take long."""
        self.is_ready = self.is_slow = self.is_old = False
        """Whether it can be asked; whether it is at something long; whether it is not to be asked again."""

    async def start(self) -> None:
        """Starts the process; that it is ready it says itself."""
        ours, theirs = socket.socketpair()
        self._errors = errors = tempfile.TemporaryFile()  # noqa: SIM115  # open as long as the process
        loop = asyncio.get_running_loop()
        with theirs:
            self.pid = await loop.run_in_executor(None, self._forks.begin, theirs, errors)
        await loop.create_connection(lambda: self, sock=ours)

    def ask(self, asked: Asked) -> None:
        """Has a question answered after those that were given before."""
        request = asked.request
        shared = (asked.checkpoint, *request.sight)
        sight = self._last[1] if shared == self._last[0] else self._sights.get(shared)
        if sight is None:
            if self._told % SIGHTS == 0:
                self._sights.clear()
            self._sights[shared] = sight = self._told
            self._told += 1
            self._send(framed(Sight(sight, cast(Path, asked.checkpoint), *request.sight)))
        self._last = shared, sight
        self._numbers += 1
        spool = f"{self._folder}/answer-{id(self)}-{self._numbers}" if asked.spooled else None
        if not self.given:
            self.since, self.is_slow = time.monotonic(), asked.is_long
        self.longs += asked.is_long
        asked.at = self
        if asked.checkpoint != self._copy:
            self._copy, self._opens = asked.checkpoint, self._numbers
        self.given.append(Given(self._numbers, asked, spool, asked.is_long))
        self._send(framed(Question(self._numbers, sight, request.text, spool)))

    def hand_back(self) -> list[Asked]:
        """What waits behind the first; it will not be begun here, unless it just was."""
        waiting = [given for given in list(self.given)[1:] if given.asked.at is self and not given.asked.is_done]
        if waiting:
            self._send(framed(Forget(frozenset(given.number for given in waiting))))
        for given in waiting:
            given.asked.at = None
        return [given.asked for given in waiting]

    def _send(self, told: bytes) -> None:
        """Sends it with all else that comes up in this turn of the loop."""
        if not self._unsent:
            asyncio.get_running_loop().call_soon(self._send_all)
        self._unsent.append(told)

    def _send_all(self) -> None:
        told, self._unsent = self._unsent, []
        if self._transport and not self._transport.is_closing():
            self._transport.write(b"".join(told))

    def give_way(self) -> None:
        """Lets others go first from now on; who has done so is replaced, as it cannot be taken back."""
        if self.pid and not self.is_old:
            self.is_old = True
            with suppress(OSError):  # it has just ended
                give_way(self.pid, _NICE)

    def processor_seconds(self) -> float | None:
        """What it has used of processors; nothing where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        except (OSError, ValueError):
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def leash(self) -> float:
        """The seconds of work that it has where what it is at holds others up."""
        return _OPENING if self.given[0].number == self._opens else _LEASH

    def works_since(self, seconds: float) -> float:
        """How many seconds it really worked at what it is at for so many."""
        now = self.processor_seconds()
        return seconds if now is None or self.worked is None else now - self.worked

    def kill(self) -> None:
        """Ends the process at once; its listener hears of it."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)

    def clear(self) -> None:
        """Removes what was written for answers that nobody gets."""
        for given in self.given:
            given.clear()

    def close(self) -> None:
        """Ends the process, and nobody hears of it."""
        self._listener = _Nobody()
        if self._transport:
            self._transport.abort()
        self._end()

    def _end(self) -> None:
        """Ends the process for good: its number is given up."""
        self.kill()
        if self.pid:
            self._forks.ended(self.pid)
            self.pid = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # as of every stream

    def data_received(self, data: bytes) -> None:
        for told in self._frames.of(data):
            if told == READY:
                self.is_ready = True
                self._listener.is_ready(self)
            elif told == OPEN:
                self.since, self.worked, self._opens = time.monotonic(), None, 0
            else:
                self._take(told)

    def _take(self, reply: Reply) -> None:
        given = self.given.popleft()
        assert given.number == reply.number, "replies come in order"  # noqa: S101  # our own process wrote them
        self.longs -= given.was_long
        self.since, self.worked = time.monotonic(), None
        self.is_slow = bool(self.given) and self.given[0].was_long
        self._listener.has_answered(self, given, reply)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # as asyncio has it
        if self._errors:
            self._end()
            self.is_ready = False
            self._listener.has_died(self, said_last(self._errors))


class _Nobody:
    def is_ready(self, worker: WorkerHandle) -> None: ...

    def has_answered(self, worker: WorkerHandle, given: Given, reply: Reply) -> None: ...

    def has_died(self, worker: WorkerHandle, last_words: str) -> None: ...


def with_file(answer: Answer, spool: str | None) -> Answer:
    """The answer with its file open, where it is in one; who has it open reads on when the name is gone."""
    if spool is None or answer.size == len(answer.content):
        return answer
    path = Path(spool)
    file = path.open("rb")
    path.unlink()
    return replace(answer, file=file)


def settle(waiting: Any, found: Answer | Exception) -> None:
    """Ends somebody's waiting, in a loop or a thread; they may have gone."""
    if waiting.done():
        if isinstance(found, Answer) and found.file:
            found.file.close()
    elif isinstance(found, Exception):
        waiting.set_exception(found)
    else:
        waiting.set_result(found)
