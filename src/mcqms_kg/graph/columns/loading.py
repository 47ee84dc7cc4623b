"""Files on their way into columns: gathered by the compiled reader where it is built and they are not too large, else read in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.early import LINES, QUADS, prefix_of, taken
from mcqms_kg.graph.columns.gathered import Gathered
from mcqms_kg.graph.columns.lines import read_in_bulk
from mcqms_kg.graph.columns.reader import Reader, is_wanted
from mcqms_kg.graph.columns.scratch import scratch
from mcqms_kg.graph.read import WITHOUT_GRAPHS, Source, source, write_lines

if TYPE_CHECKING:
    import duckdb


class Loading:
    """The files of some columns while they are read; `connect` opens the database of the columns for what is read in SQL."""

    def __init__(
        self, connect: Callable[[], duckdb.DuckDBPyConnection], paths: Sequence[Path], cancel: Cancel | None
    ) -> None:
        self._connect, self._check = connect, cancel.check if cancel else bool
        self._odd: dict[str, list[str] | None] = {}
        self.reader: Reader | None = None
        """What has gathered statements that are not in the database."""
        self._gathered: Gathered | None = None
        if begun := taken(paths):
            self.reader, self._gathered = begun.reader, begun.gathered
            self._odd = {prefix_of(number): lines for number, lines in enumerate(begun.odd)}
        elif is_wanted(sum(path.stat().st_size for path in paths if path.is_file())):
            self.reader = Reader()
        self.is_in_order = self.reader is not None
        """Whether every statement in the columns is there once, in the order of predicates."""

    def gathered(self, reader: Reader) -> Gathered | None:
        """All that was read, where it was read by the compiled reader; nothing where two terms share a number."""
        return self._gathered or Gathered.of(reader)

    def file(self, path: Path, prefix: str, located: bool) -> None:
        """Adds a file of any syntax. Raises `UnreadableInput` where it is not well-formed."""
        given = source(path, located=located)
        if path.suffix.lower() in LINES and (self._is_gathered(path, prefix) or self._in_bulk(path, prefix)):
            return
        if self.reader is None or not self._as_parsed(self.reader, given, f"{prefix}b"):
            with columns_read.file_as_lines(given, f"{prefix}b") as lines:
                self.lines(lines)

    def _as_parsed(self, reader: Reader, given: Source, prefix: str) -> bool:
        """Whether the compiled reader could take the statements as the parser gives them, and name their blank nodes."""
        if given.format not in WITHOUT_GRAPHS:
            return False
        with scratch(".nq") as file:
            write_lines(given, file)
            file.flush()
            return reader.read(Path(file.name), prefix, self._check, known=True, numbered=True) is not None

    def lines(self, path: Path, prefix: str = "") -> None:
        """Adds canonical lines, which are known to be well-formed."""
        if self.reader is None or self.reader.read(path, prefix, self._check, known=True) is None:
            self.is_in_order = False
            columns_read.read_lines(self._connect(), path, prefix)

    def _is_gathered(self, path: Path, prefix: str) -> bool:
        """Whether the compiled reader could read the file, with the parser for lines that are not plain."""
        if self.reader is None:
            return False
        try:
            odd = self._odd[prefix] if prefix in self._odd else self._read(self.reader, path, prefix)
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
        return read_in_bulk(self._connect(), path, prefix)

    def __enter__(self) -> Loading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.reader is not None:
            self.reader.close()
