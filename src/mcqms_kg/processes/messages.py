"""What goes between a child process and its parent beside requests and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Told:
    """How far the child is."""

    what: Any


@dataclass(frozen=True)
class Stop:
    """The child is to end the request of that name."""

    which: str


class Ready:
    """What a process says first: the time it takes to start is not the request's."""
