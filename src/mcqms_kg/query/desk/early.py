"""Those who ask before there is a copy of the store to answer from: they wait for it, and for what they see to be put together in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.preparing import Preparer
from mcqms_kg.query.desk.worker_handle import Asked
from mcqms_kg.query.request import Request

Sight = tuple[Term, ...]
"""The graphs that are asked where none is named; none where they were chosen for one question, for which nothing is kept."""


def sight(request: Request) -> Sight:
    return () if request.from_protocol else request.default_graphs


class Early:
    """Their questions, by what they see."""

    def __init__(self, checkpoints: Checkpoints, preparer: Preparer) -> None:
        self._checkpoints, self._preparer = checkpoints, preparer
        self._asked: dict[Sight, list[Asked]] = {}

    def __bool__(self) -> bool:
        return bool(self._asked)

    def __iter__(self) -> Iterator[Asked]:
        for asked in self._asked.values():
            yield from asked

    def holds(self, request: Request) -> bool:
        """Whether others wait for the same."""
        return bool(self._asked) and sight(request) in self._asked

    def add(self, asked: Asked) -> bool:
        """Whether it is the first, for which the copy is to be made."""
        is_first = not self._asked
        self._asked.setdefault(sight(asked.request), []).append(asked)
        return is_first

    def make_copy(self, ready: Callable[[Sight], object]) -> None:
        """In another thread: `ready` is told what is put together, the smallest first, so that few graphs do not wait for many.

        Raises `OSError` or `RuntimeError` where there can be no copy now.
        """
        with self._checkpoints.reading() as copy:
            for graphs in sorted([*self._asked], key=len):
                if graphs:
                    self._preparer.prepare(copy, [graphs])
                ready(graphs)

    def taken(self, graphs: Sight | None = None) -> list[Asked]:
        """Those who see this, or all of them, whose time begins now."""
        kinds = [*self._asked] if graphs is None else [graphs]
        found = [asked for kind in kinds for asked in self._asked.pop(kind, ())]
        for asked in found:
            asked.begun = time.monotonic()
        return found

    def clear(self) -> None:
        self._asked.clear()
