"""A workbook that is to be written: filled sheets, whatever format they go into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mcqms_kg.interop.workbook import auxiliary, headers
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Grid, place
from mcqms_kg.interop.workbook.headers import Header
from mcqms_kg.interop.workbook.other_statements import HEADERS
from mcqms_kg.interop.workbook.plan import Kind, Sheet
from mcqms_kg.model import Triple


@dataclass(frozen=True)
class Carried:
    """What stands in a cell, and the statements that it carries."""

    text: str
    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True)
class Filled:
    """A sheet with its columns, and for each row its ID, its types as shown, and its cells."""

    sheet: Sheet
    headers: tuple[Header, ...]
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: tuple[Mapping[Header, Carried], ...] = ()

    @property
    def has_type(self) -> bool:
        return len(self.sheet.classes) > 1

    def top(self, language: str) -> tuple[str, ...]:
        """The first row."""
        lead = (headers.ID, headers.TYPE) if self.has_type else (headers.ID,)
        return (*(text[language] for text in lead), *(header.shown(language) for header in self.headers))

    def body(self) -> Iterator[tuple[Carried | None, ...]]:
        """The rows below it."""
        for id_, type_, row in zip(self.ids, self.types, self.rows, strict=True):
            lead = (Carried(id_), Carried(type_)) if self.has_type else (Carried(id_),)
            yield (*lead, *(row.get(header) for header in self.headers))

    def is_number(self, column: int, text: str) -> bool:
        """Whether a text in a column counted from 1 can stand there as a number, and be read as it was."""
        at = column - (3 if self.has_type else 2)
        return at >= 0 and self.headers[at].column.kind in (Kind.NUMBER, Kind.COUNT) and is_plain_number(text)


@dataclass(frozen=True)
class Output:
    """All of the workbook: its language, the address of its records, the sheets, the other statements, and your organisation's ID."""

    language: str
    base: str
    filled: tuple[Filled, ...]
    other: tuple[tuple[str, str, str], ...] = ()
    provider: str = ""

    def settings(self) -> tuple[tuple[str, str], ...]:
        """What the sheet of settings says."""
        return ((auxiliary.BASE[self.language], self.base), (auxiliary.PROVIDER[self.language], self.provider))

    def statements(self) -> Iterator[tuple[str, tuple[Triple, ...]]]:
        """The place of each cell that carries statements, and those."""
        for one in self.filled:
            for number, row in enumerate(one.body(), start=2):
                for column, carried in enumerate(row, start=1):
                    if carried and carried.triples:
                        yield place(one.sheet.title[self.language], number, column), carried.triples


def is_plain_number(text: str) -> bool:
    """Whether a spreadsheet keeps the number to its last digit."""
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    return (bool(_PLAIN.fullmatch(text)) and len(digits) <= _DIGITS and float(text) != 0) or text == "0"


_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]{1,10})?")
_DIGITS = 15


def as_book(output: Output) -> Book:
    """The workbook as a reader will find it."""
    grids = [_grid(one, output.language) for one in output.filled]
    settings = [(n, row) for n, row in enumerate(output.settings(), start=1)]
    other = [(n, row) for n, row in enumerate(output.other, start=2)]
    titles = [text[output.language] for text in HEADERS]
    grids.append(_plain(auxiliary.SETTINGS[output.language], settings))
    grids.append(_plain(auxiliary.OTHER[output.language], [(1, titles), *other]))
    return Book(tuple(grids))


def _grid(filled: Filled, language: str) -> Grid:
    title = filled.sheet.title[language]
    rows = [(1, tuple(map(Carried, filled.top(language)))), *enumerate(filled.body(), start=2)]
    found = {
        number: {
            column: Cell(
                place(title, number, column),
                Form.NUMBER if number > 1 and filled.is_number(column, one.text) else Form.TEXT,
                one.text,
            )
            for column, one in enumerate(row, start=1)
            if one and one.text
        }
        for number, row in rows
    }
    return Grid(title, found)


def _plain(title: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    return Grid(
        title,
        {
            n: {c: Cell(place(title, n, c), Form.TEXT, text) for c, text in enumerate(row, start=1) if text}
            for n, row in rows
        },
    )
