"""Those who ask before there is a copy of the store to answer from: they wait for it, and for what they see to be put together in it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.preparing import Preparer
from mcqms_kg.query.desk.worker_handle import Asked


class Early:
    """Their questions."""

    def __init__(self, checkpoints: Checkpoints, preparer: Preparer) -> None:
        self._checkpoints, self._preparer = checkpoints, preparer
        self._asked: list[Asked] = []

    def __bool__(self) -> bool:
        return bool(self._asked)

    def __iter__(self) -> Iterator[Asked]:
        return iter([*self._asked])

    def add(self, asked: Asked) -> bool:
        """Whether it is the first, for which the copy is to be made."""
        self._asked.append(asked)
        return len(self._asked) == 1

    def make_copy(self) -> None:
        """In another thread. Raises `OSError` or `RuntimeError` where there can be none now."""
        with self._checkpoints.reading() as copy:
            self._preparer.prepare(
                copy, {asked.request.default_graphs for asked in self if not asked.request.from_protocol}
            )

    def taken(self) -> list[Asked]:
        """All of them, whose time begins now."""
        found, self._asked = self._asked, []
        for asked in found:
            asked.begun = time.monotonic()
        return found

    def clear(self) -> None:
        self._asked.clear()
