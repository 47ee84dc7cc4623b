"""Copies of the store that never change: a query is answered from the newest, and old ones go when nobody reads them any more."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Checkpoints:
    """The newest copy of the store, made when it is first asked for after a change."""

    def __init__(self, folder: Path, make: Callable[[Path], None]) -> None:
        self.folder, self._make = folder, make
        self._making, self._lock = threading.Lock(), threading.Lock()
        self._written, self._copied = 1, 0
        self._number, self._current = 0, folder / "0"
        self._readers: dict[Path, int] = {}
        self._is_behind = False

    def newest(self) -> Path | None:
        """The copy that a query would be answered from now, if it has been made."""
        return self._current if self._copied == self._written else None

    def outdate(self) -> None:
        """To be told after each write: the next query sees what was written."""
        with self._lock:
            self._written += 1

    def fall_behind(self) -> None:
        """To be told after a write that failed, of which something may be there: the copy from before may be asked, and not built upon."""
        self._is_behind = True

    def refresh(self) -> None:
        """Makes the copy where it is missing: of what was written when this was called, or later. It may take some milliseconds."""
        with self._making:
            if not self.newest():
                self._copy()

    def renew(self, prepare: Callable[[Path], object] | None = None) -> None:
        """The same after a write that nobody was told of yet: until the copy with it is there, others are answered from the one before.

        What `prepare` does with the copy is done before anybody is answered from it.
        """
        with self._making:
            self._copy(prepare)

    def _copy(self, prepare: Callable[[Path], object] | None = None) -> None:
        written, self._number = self._written, self._number + 1
        made = self.folder / str(self._number)
        self.folder.mkdir(exist_ok=True)
        self._make(made)
        if prepare:
            prepare(made)
        with self._lock:
            self._is_behind = False
            before, self._current, self._copied = self._current, made, written
            self._readers[made] = 0
            is_unread = self._readers.get(before) == 0 and self._readers.pop(before) == 0
        if is_unread:
            remove([before])

    @contextmanager
    def reading(self) -> Iterator[Path]:
        """The newest copy, kept while it is in use; made anew where there is but one from before a write that failed."""
        self.renew() if self._is_behind else self.refresh()
        with self._lock:
            path = self._take()
        try:
            yield path
        finally:
            remove(self.give_back(path))

    def take(self) -> Path | None:
        """The newest copy, kept until it is given back; nothing where it has to be made first, which this does not wait for."""
        with self._lock:
            return self._take() if self.newest() else None

    def give_back(self, path: Path) -> list[Path]:
        """Ends the use of a copy; gives those that nobody needs any more."""
        with self._lock:
            self._readers[path] -= 1
            if self._readers[path] or path is self._current:
                return []
            old = [p for p, readers in self._readers.items() if not readers and p != self._current]
            for gone in old:
                del self._readers[gone]
            return old

    def _take(self) -> Path:
        self._readers[self._current] += 1
        return self._current


def remove(copies: list[Path]) -> None:
    """Removes copies that nobody reads."""
    for old in copies:
        shutil.rmtree(old, ignore_errors=True)
