"""The sheet of statements that no other sheet can carry: thing, property and value, as N-Triples has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Problem, tidy
from mcqms_kg.interop.workbook.names import Names, named
from mcqms_kg.interop.workbook.values import unescaped
from mcqms_kg.model import Stated, Term, Texts, Triple

HEADERS: tuple[Texts, ...] = (
    {"en": "Thing", "id": "Entitas"},
    {"en": "Property", "id": "Properti"},
    {"en": "Value", "id": "Nilai"},
)
_WRONG: Texts = {"en": "The row is no statement.", "id": "Baris ini bukan pernyataan."}
_REMEDY: Texts = {
    "en": "Leave this sheet as it was exported, or delete the row.",
    "id": "Biarkan lembar ini seperti saat diekspor, atau hapus barisnya.",
}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_IRI = re.compile(r"<[^<>\s]+>")


def other_statements(book: Book, names: Names, problems: list[Problem]) -> Iterator[Stated]:
    """The statements, each with the place of its value."""
    grid = auxiliary.other(book)
    for number in sorted(grid.rows)[1:] if grid else ():
        cells = [cell for _, cell in sorted(grid.rows[number].items())] if grid else []
        triple = _triple(cells, names)
        if triple:
            yield Stated(triple, cells[2].at)
        else:
            problems.append(Problem(cells[-1].at, _WRONG, _REMEDY))


def _triple(cells: list[Cell], names: Names) -> Triple | None:
    if len(cells) != len(HEADERS) or any(cell.form is not Form.TEXT for cell in cells):
        return None
    thing, name, value = (unescaped(cell.text) for cell in cells)
    as_it_is = thing.startswith(("<", "_:"))
    subject = None if as_it_is else names.ids.get(tidy(thing).casefold())
    subject = subject or named(thing, names.base)
    property_ = terms.expand(tidy(name))
    if property_ is None or not _IRI.fullmatch(property_):
        return None
    line = f"{subject} {property_} {value} .".encode("utf-8", "replace")
    try:
        parsed = list(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError):
        return None
    if len(parsed) != 1 or "\n" in value:
        return None
    return subject, property_, _plain(value.strip())


def _plain(value: str) -> Term:
    """The term as we write it: with its control characters, and without the datatype of strings."""
    if not terms.is_literal(value):
        return Term(value)
    datatype, language = terms.datatype(value), terms.language(value)
    return terms.literal(terms.lexical(value), language=language, datatype="" if language else datatype)


def one_line(term: Term) -> str:
    """A term on one line without characters that a cell cannot hold."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", term)
