"""Large line files read in a thread while the program still imports its libraries: the compiled reader needs none of them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns.reader import Reader, is_possible

if TYPE_CHECKING:
    from mcqms_kg.graph.columns.gathered import Gathered

LINES, QUADS = (".nt", ".nq"), ".nq"
LARGE = 5_000_000
"""Bytes from which it is worth a thread."""
_PROMPTLY = 0.0005
"""Seconds after which one thread gives way to another that waits: the reader needs Python for moments only, but then at once."""


class Early:
    """Files on their way into a reader: for each what was not plain, or nothing where it must be read by another."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self.paths, self.odd, self.reader = paths, list[list[str] | None](), Reader()
        self.gathered: Gathered | None = None
        """All of it, where nothing is left for another and no two terms share a number."""
        self._stopped, self._is_taken = threading.Event(), False
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for number, path in enumerate(self.paths):
                graphs = path.suffix.lower() == QUADS
                self.odd.append(self.reader.read(path, prefix_of(number), self._check, graphs=graphs))
            if not any(odd is None or odd for odd in self.odd):
                from mcqms_kg.graph.columns.gathered import Gathered  # reading has begun before

                self.gathered = Gathered.of(self.reader)
        except (OSError, MemoryError, _Stopped):
            return

    def _check(self) -> None:
        if self._stopped.is_set():
            raise _Stopped

    def end(self) -> bool:
        """Waits for the end: whether all files were read. Then the reader is the caller's to close."""
        self._thread.join()
        self._is_taken = len(self.odd) == len(self.paths)
        return self._is_taken

    def close(self) -> None:
        self._stopped.set()
        self._thread.join()
        if not self._is_taken:
            self.reader.close()


class _Stopped(Exception):
    """Nobody waits for the files any more."""


_begun: list[Early] = []


def prefix_of(number: int) -> str:
    """What the names of the blank nodes of a file begin with, by its place among the files."""
    return f"f{number}_"


@contextmanager
def begun(paths: Sequence[Path]) -> Iterator[None]:
    """While the block runs, the files are being read for whoever loads just these; not where they are small, or no lines."""
    early = Early(tuple(paths)) if _is_worth_it(paths) else None
    if early is None:
        yield
        return
    _begun.append(early)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_PROMPTLY)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
        if early in _begun:
            _begun.remove(early)
        early.close()


def _is_worth_it(paths: Sequence[Path]) -> bool:
    try:
        if not all(path.suffix.lower() in LINES and path.is_file() for path in paths):
            return False
        size = sum(path.stat().st_size for path in paths)
        return size >= LARGE and is_possible(size)
    except OSError:  # whoever loads the files finds it again
        return False


def taken(paths: Sequence[Path]) -> Early | None:
    """Files that were begun, once all of them are read; nothing where others were, or none."""
    for early in _begun:
        if early.paths == tuple(paths):
            _begun.remove(early)
            return early if early.end() else None
    return None
