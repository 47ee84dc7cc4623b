"""CSV tables inside a ZIP archive, read row by row, strictly and within bounds."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from mcqms_kg.errors import McqmsError, Place, UnreadableInput
from mcqms_kg.interop.zips import BROKEN, PLAIN_WAYS
from mcqms_kg.settings import MEBIBYTE

LARGEST_TABLE = 256 * MEBIBYTE
"""What one table may unpack to."""
MOST_MEMBERS = 100
MOST_ROWS = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Row:
    """One row: the table it is in, its number as a spreadsheet shows it (the header is row 1), and its cells by column."""

    table: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, column: str, what: str, remedy: str) -> UnreadableInput:
        """The error for a cell, with file, row and column."""
        return UnreadableInput(f"Row {self.number}, column {column}: {what}", place=Place(self.table), remedy=remedy)


class Archive:
    """An open ZIP archive with tables, and what errors call it; use it in `with`.

    Raises `UnreadableInput` for one that is not whole or asks for too much.
    """

    def __init__(self, path: Path, called: str = "") -> None:
        self.called = called or str(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as problem:
            raise self._unreadable(f"The ZIP archive cannot be read: {problem}") from problem
        self.members = self._listed()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def place(self, name: str) -> str:
        """The table as errors call it: the archive and the name inside."""
        return f"{self.called}/{name}"

    def rows(self, name: str, columns: Sequence[str], may_have: Sequence[str] = ()) -> Iterator[Row]:
        """The rows of a table that has exactly these columns, in any order, and maybe some that it `may_have`."""
        place = self.place(name)
        with self._text(name) as text:
            reader = csv.reader(text, strict=True)
            number = 1
            try:
                header = next(reader, [])
                _check_header(place, header, columns, may_have)
                for number, cells in enumerate(reader, start=2):
                    if number > MOST_ROWS:
                        raise self._unreadable(f"{name} has more than {MOST_ROWS} rows")
                    yield _row(place, number, header, cells)
            except csv.Error as problem:
                raise UnreadableInput(
                    f"The row after row {number} is no CSV: {problem}", place=Place(place), remedy="Download it anew."
                ) from problem
            except UnicodeDecodeError as problem:
                raise UnreadableInput(
                    f"The text after row {number} is not UTF-8", place=Place(place), remedy="Download it anew."
                ) from problem
            except BROKEN as problem:
                raise self._unreadable(f"{name} is damaged: {problem}") from problem

    @contextmanager
    def _text(self, name: str) -> Iterator[IO[str]]:
        try:
            stream = self._zip.open(self.members[name])
        except BROKEN as problem:
            raise self._unreadable(f"{name} cannot be unpacked: {problem}") from problem
        with stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
            yield text

    def _listed(self) -> Mapping[str, zipfile.ZipInfo]:
        """The files by their last name; sizes are those declared, and nothing unpacks to more than was declared."""
        found: dict[str, zipfile.ZipInfo] = {}
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > MOST_MEMBERS:
            raise self._unreadable(f"The ZIP archive holds more than {MOST_MEMBERS} files")
        for info in infos:
            name = PurePosixPath(info.filename).name
            if name in found:
                raise self._unreadable(f"The ZIP archive holds two files named {name}")
            if info.flag_bits & 1 or info.compress_type not in PLAIN_WAYS:
                raise self._unreadable(f"{name} is encrypted, or packed in a way that is not used for tables")
            if info.file_size > LARGEST_TABLE:
                raise self._unreadable(f"{name} would unpack to more than {LARGEST_TABLE // MEBIBYTE} MiB")
            found[name] = info
        return found

    def _unreadable(self, what: str) -> McqmsError:
        return UnreadableInput(what, place=Place(self.called), remedy="Download the archive anew.")


def _check_header(place: str, header: Sequence[str], columns: Sequence[str], may_have: Sequence[str]) -> None:
    missing = [column for column in columns if column not in header]
    unknown = [column for column in header if column not in columns and column not in may_have]
    if missing or unknown or len(header) != len(set(header)):
        told = [f"it lacks {', '.join(missing)}"] if missing else []
        told += [f"it has {', '.join(map(repr, unknown))}"] if unknown else []
        told = told or ["a column is there twice"]
        raise UnreadableInput(
            f"Row 1: these are not the columns of the table: {'; '.join(told)}",
            place=Place(place),
            remedy="Give the CSV files as they are published.",
        )


def _row(place: str, number: int, header: Sequence[str], cells: Sequence[str]) -> Row:
    if len(cells) != len(header):
        raise UnreadableInput(
            f"Row {number}: it has {len(cells)} cells, and the table has {len(header)} columns",
            place=Place(place),
            remedy="Download the archive anew.",
        )
    row = Row(place, number, dict(zip(header, cells, strict=True)))
    if _CONTROL.search("".join(cells)):
        column = next(name for name, cell in row.cells.items() if _CONTROL.search(cell))
        raise row.wrong(column, "it holds a control character", "Download the archive anew.")
    return row
