"""Questions that were found to take long: they wait by themselves, and leave a process to those that do not."""

from __future__ import annotations

import os
from collections import OrderedDict, deque
from collections.abc import Sequence
from pathlib import Path

from mcqms_kg.query.desk.worker_handle import Asked, WorkerHandle

_KNOWN = 1000
_HELD_UP = 0.15
"""Seconds of processor time after which what holds others up is put off."""


class LongOnes:
    """Those that wait, and the texts of those that took long lately."""

    def __init__(self) -> None:
        self.waiting: deque[Asked] = deque()
        self._known: OrderedDict[str, None] = OrderedDict()

    def know(self, asked: Asked) -> bool:
        """Whether the question is one of them."""
        asked.is_long = asked.is_long or asked.request.text in self._known
        return asked.is_long

    def note(self, asked: Asked) -> None:
        """It took long; whoever asks it again waits here from the beginning."""
        asked.is_long = True
        self._known[asked.request.text] = None
        self._known.move_to_end(asked.request.text)
        if len(self._known) > _KNOWN:
            self._known.popitem(last=False)

    def forget(self, asked: Asked) -> None:
        """It did not take long this time."""
        self._known.pop(asked.request.text, None)

    def put_back(self, asked: Sequence[Asked], others: deque[Asked]) -> None:
        """To where each waits, here or with the others, in its place."""
        for one in reversed(asked):
            (self.waiting if one.is_long else others).appendleft(one)

    def put_off(self, worker: WorkerHandle) -> None:
        """Ends the process; what it was at waits here, and begins anew."""
        asked = worker.given[0].asked
        self.note(asked)
        asked.at = None
        self.waiting.append(asked)
        worker.kill()


def holds_up(worker: WorkerHandle, workers: Sequence[WorkerHandle], seconds: float) -> bool:
    """Whether it is the last of all to have got to something long, and really works at it."""
    if worker.given[0].asked.is_done or not all(other.is_slow and other.since <= worker.since for other in workers):
        return False
    now = processor_seconds(worker.pid)
    return (seconds if now is None or worker.worked is None else now - worker.worked) > _HELD_UP


def processor_seconds(process: int) -> float | None:
    """What a process has used of processors; nothing where the system does not tell."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    except (OSError, ValueError):
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
