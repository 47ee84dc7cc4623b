"""Files on their way into columns: gathered by the compiled reader where it is built and they are not too large, else read in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import duckdb

from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.early import LINES, QUADS, prefix_of, taken
from mcqms_kg.graph.columns.lines import read_in_bulk
from mcqms_kg.graph.columns.put import put
from mcqms_kg.graph.columns.reader import Reader, is_wanted
from mcqms_kg.graph.read import source


class Loading:
    """The files of some columns while they are read; `put` ends it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, paths: Sequence[Path], cancel: Cancel | None) -> None:
        self._connection, self._check = connection, cancel.check if cancel else bool
        self._odd: dict[str, list[str] | None] = {}
        self._reader: Reader | None = None
        if begun := taken(paths):
            self._reader, odd = begun
            self._odd = {prefix_of(number): lines for number, lines in enumerate(odd)}
        elif is_wanted(sum(path.stat().st_size for path in paths if path.is_file())):
            self._reader = Reader()
        self.is_in_order = self._reader is not None
        """Whether every statement in the columns is there once, in the order of predicates."""

    def file(self, path: Path, prefix: str, located: bool) -> None:
        """Adds a file of any syntax. Raises `UnreadableInput` where it is not well-formed."""
        given = source(path, located=located)
        if path.suffix.lower() in LINES and (self._gathered(path, prefix) or self._in_bulk(path, prefix)):
            return
        with columns_read.file_as_lines(given, f"{prefix}b") as lines:
            self.lines(lines)

    def lines(self, path: Path, prefix: str = "") -> None:
        """Adds canonical lines, which are known to be well-formed."""
        if self._reader is None or self._reader.read(path, prefix, self._check, known=True) is None:
            self.is_in_order = False
            columns_read.read_lines(self._connection, path, prefix)

    def _gathered(self, path: Path, prefix: str) -> bool:
        """Whether the compiled reader could read the file, with the parser for lines that are not plain."""
        if self._reader is None:
            return False
        try:
            odd = self._odd[prefix] if prefix in self._odd else self._read(self._reader, path, prefix)
        except OSError:
            return False
        if odd is None:
            return False
        if written := columns_read.statements_of(odd):
            with columns_read.as_lines(columns_read.parsed(written, path)) as lines:
                self.lines(lines, prefix)
        return True

    def _read(self, reader: Reader, path: Path, prefix: str) -> list[str] | None:
        return reader.read(path, prefix, self._check, graphs=path.suffix.lower() == QUADS)

    def _in_bulk(self, path: Path, prefix: str) -> bool:
        self.is_in_order = False
        return read_in_bulk(self._connection, path, prefix)

    def put(self) -> None:
        """Into the columns with what the reader has gathered."""
        if self._reader is not None:
            put(self._connection, self._reader)

    def __enter__(self) -> Loading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._reader is not None:
            self._reader.close()
