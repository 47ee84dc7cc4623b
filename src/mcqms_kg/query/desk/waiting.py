"""Questions that wait: by what is known of their shape, and of those each caller's in turn."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator

from mcqms_kg.query.desk.paces import Pace, Paces, looks
from mcqms_kg.query.desk.worker_handle import Asked

_SHARE = 2
"""How many times as long as the last process lost to a question is it kept from others of which nothing is known."""
_BY_AGE = 8
"""Of so many questions of which nothing is known, the last process takes one as the oldest, the others as the simplest."""
_BEGINNING = 0.05
"""Seconds that a process takes until it answers, which are lost too."""


class Turns:
    """Questions of several callers: one of each in turn, the oldest of theirs."""

    def __init__(self) -> None:
        self._of: OrderedDict[str, deque[Asked]] = OrderedDict()

    def __bool__(self) -> bool:
        return bool(self._of)

    def __iter__(self) -> Iterator[Asked]:
        for queue in self._of.values():
            yield from queue

    def append(self, asked: Asked) -> None:
        self._of.setdefault(asked.request.who, deque()).append(asked)

    def put_back(self, asked: Asked) -> None:
        """As the first of its caller's, and its caller as the first."""
        self._of.setdefault(asked.request.who, deque()).appendleft(asked)
        self._of.move_to_end(asked.request.who, last=False)

    @property
    def first(self) -> Asked:
        return next(iter(self._of.values()))[0]

    def pop(self, *, simplest: bool = False) -> Asked:
        """The next, or of the next caller's questions the one that leaves least open."""
        who, queue = self._of.popitem(last=False)
        asked = min(queue, key=lambda one: looks(one.request.text).leaves_open) if simplest else queue[0]
        queue.remove(asked)
        if queue:
            self._of[who] = queue  # behind all others
        return asked

    def remove(self, asked: Asked) -> None:
        queue = self._of[asked.request.who]
        queue.remove(asked)
        if not queue:
            del self._of[asked.request.who]


class Waiting:
    """Who waits, and who is next: the longest waiting of those that may begin."""

    def __init__(self) -> None:
        self.paces = Paces()
        self._turns = {pace: Turns() for pace in Pace}
        self._unknown_from, self._tried = 0.0, 0

    def __bool__(self) -> bool:
        return any(self._turns.values())

    def __iter__(self) -> Iterator[Asked]:
        for turns in self._turns.values():
            yield from turns

    @property
    def are_held_up(self) -> bool:
        """Whether somebody waits who is not known to take long."""
        return bool(self._turns[Pace.SHORT] or self._turns[Pace.UNKNOWN])

    def add(self, asked: Asked) -> None:
        if not asked.is_long:
            asked.pace = self.paces.of(asked.request.text)
        self._turns[asked.pace].append(asked)

    def put_back(self, asked: Iterable[Asked]) -> None:
        """To where each waits, in its place; what is known of it may have changed."""
        for one in reversed([*asked]):
            if not one.is_long:
                one.pace = self.paces.of(one.request.text)
            self._turns[one.pace].put_back(one)

    def put_off(self, asked: Asked, lost: float) -> None:
        """It held up the last process for so long that it waits with the long ones; the others go first for some time."""
        self.paces.took_long(asked.request.text)
        asked.pace, asked.at = Pace.LONG, None
        self._turns[Pace.LONG].append(asked)
        self._unknown_from = time.monotonic() + _SHARE * (lost + _BEGINNING)

    def next(self, *, is_last: bool, long_too: bool) -> Asked | None:
        """Who may begin now: in the last process that is left, for some time after one was put off, only what is known to be short."""
        kept = is_last and time.monotonic() < self._unknown_from
        may = (Pace.SHORT, *(() if kept else (Pace.UNKNOWN,)), *((Pace.LONG,) if long_too else ()))
        while turns := [self._turns[pace] for pace in may if self._turns[pace]]:
            turn = min(turns, key=lambda those: those.first.begun)
            self._tried += is_last and turn is self._turns[Pace.UNKNOWN]
            asked = turn.pop(simplest=bool(is_last and self._tried % _BY_AGE))
            if asked.pace is not Pace.UNKNOWN or self.paces.of(asked.request.text) is not Pace.LONG:
                return asked
            asked.pace = Pace.LONG  # another like it was found to be, meanwhile
            self._turns[Pace.LONG].append(asked)
        return None

    def remove(self, asked: Asked) -> None:
        self._turns[asked.pace].remove(asked)

    def clear(self) -> None:
        for pace in Pace:
            self._turns[pace] = Turns()
