"""What the sheets of a workbook state, cell by cell, and every cell that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Problem, tidy, unreadable
from mcqms_kg.interop.workbook.headers import Header
from mcqms_kg.interop.workbook.names import Names, named
from mcqms_kg.interop.workbook.other_statements import other_statements
from mcqms_kg.interop.workbook.plan import Kind, Sheet
from mcqms_kg.interop.workbook.rows import Row, Table, tables
from mcqms_kg.interop.workbook.values import NotUnderstood, literal
from mcqms_kg.model import Loss, Stated, Taken, Term, Texts
from mcqms_kg.namespaces import MC

_PASTE: Texts = {
    "en": "Copy the cell and paste it as a value.",
    "id": "Salin sel itu dan tempelkan sebagai nilai.",
}
_NO_ADDRESS: Texts = {
    "en": f"No address of the records is given; they are named below {auxiliary.NO_ADDRESS}.",
    "id": f"Alamat catatan tidak diberikan; catatan dinamai di bawah {auxiliary.NO_ADDRESS}.",
}


@dataclass
class Found:
    """What has been found so far."""

    own: list[Stated] = field(default_factory=list)
    backwards: list[Stated] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def wrong(self, cell_at: str, problem: NotUnderstood) -> None:
        self.problems.append(Problem(cell_at, problem.what, problem.remedy))


def taken(book: Book, called: str) -> Taken:
    """What the workbook says; raises `UnreadableCells` with every cell that cannot be read."""
    found = Found(losses=list(book.losses))
    base = base_in(book, found)
    known = tuple(tables(book, found.problems, found.losses))
    names = Names(ids_in(known, base, found), base)
    owner = _owner(book, names, found)
    for table in known:
        for row in table.rows:
            _read_row(table, row, names, owner, found)
    found.backwards += other_statements(book, names, found.problems)
    if found.problems:
        raise unreadable(called, tuple(found.problems))
    return Taken((*found.own, *found.backwards), tuple(found.losses))


def base_in(book: Book, found: Found | None = None) -> str:
    """The address of the records, which the settings say; what is wrong with it goes to `found`."""
    found = found or Found()
    cell = auxiliary.settings(book).get(auxiliary.BASE["en"])
    text = tidy(cell.text) if cell else ""
    if cell and not (text.endswith(("/", "#")) and "://" in text and re.fullmatch(r"[^\s<>\"{}|\\^`]+", text)):
        found.wrong(
            cell.at,
            NotUnderstood(
                f"{text[:60]!r} cannot be the address of records.",
                f"{text[:60]!r} tidak dapat menjadi alamat catatan.",
                "Write a web address that ends with a slash.",
                "Tuliskan alamat web yang berakhir dengan garis miring.",
            ),
        )
        return auxiliary.NO_ADDRESS
    if not cell:
        found.losses.append(Loss(auxiliary.SETTINGS["en"], _NO_ADDRESS))
    return text or auxiliary.NO_ADDRESS


def ids_in(known: Iterable[Table], base: str, found: Found | None = None) -> Mapping[str, Term]:
    """What each ID names, in small letters; an ID that two rows have is a problem of the second."""
    found = found or Found()
    ids: dict[str, Term] = {}
    first: dict[str, str] = {}
    for table in known:
        for row in table.rows:
            key = tidy(row.id.text).casefold()
            if key in ids:
                found.wrong(row.id.at, _twice(row.id.text, first[key]))
                continue
            ids[key], first[key] = named(row.id.text, base), row.id.at
    return ids


def _twice(id_: str, at: str) -> NotUnderstood:
    return NotUnderstood(
        f"The ID {id_!r} stands in {at} already.",
        f"ID {id_!r} sudah ada di {at}.",
        "Give each row of the workbook an ID of its own.",
        "Beri tiap baris dalam buku kerja ID tersendiri.",
    )


def _owner(book: Book, names: Names, found: Found) -> Term | None:
    """The organisation whose the records are that name none."""
    cell = auxiliary.settings(book).get(auxiliary.PROVIDER["en"])
    if cell is None:
        return None
    known = names.ids.get(tidy(cell.text).casefold())
    if known is None:
        found.wrong(
            cell.at,
            NotUnderstood(
                f"No row has the ID {tidy(cell.text)!r}.",
                f"Tidak ada baris dengan ID {tidy(cell.text)!r}.",
                "Give the ID of your organisation on the sheet Organisations.",
                "Isikan ID organisasi Anda pada lembar Organisasi.",
            ),
        )
    return known


def _read_row(table: Table, row: Row, names: Names, owner: Term | None, found: Found) -> None:
    me = names.ids[tidy(row.id.text).casefold()]
    for type_ in row.types:
        found.own.append(Stated((me, TYPE, terms.iri(MC + type_)), row.id.at))
    for header, cell in row.cells:
        try:
            values = _values(header, cell, names, table.decimal_comma)
        except NotUnderstood as problem:
            found.wrong(cell.at, problem)
            continue
        for value in values:
            if header.column.backwards:
                found.backwards.append(Stated((value, header.column.property, me), cell.at))
            else:
                found.own.append(Stated((me, header.column.property, value), cell.at))
    if owner and _is_owned(table.sheet, row):
        column = table.sheet.owner_column
        if column and all(header.column is not column for header, _ in row.cells):
            found.own.append(Stated((me, column.property, owner), row.id.at))


def _is_owned(sheet: Sheet, row: Row) -> bool:
    return any(type_ in sheet.owned for type_ in row.types)


def _values(header: Header, cell: Cell, names: Names, decimal_comma: bool | None) -> tuple[Term, ...]:
    refuse(cell)
    if header.column.kind is Kind.CHOICE:
        return names.chosen(cell.text, header.column)
    return (literal(cell, header.column.kind, header.language, decimal_comma),)


def value_in(cell: Cell, header: Header, decimal_comma: bool | None) -> Term | None:
    """The literal in a cell, or nothing where it is none or cannot be read."""
    if header.column.kind is Kind.CHOICE:
        return None
    try:
        return literal(cell, header.column.kind, header.language, decimal_comma)
    except NotUnderstood:
        return None


def refuse(cell: Cell) -> None:
    """Raises `NotUnderstood` for a formula, which nobody evaluates, and for what a formula went wrong with."""
    if cell.form is Form.FORMULA:
        raise NotUnderstood(
            "It holds a formula, and formulas are not evaluated.",
            "Sel ini berisi rumus, dan rumus tidak dihitung.",
            _PASTE["en"],
            _PASTE["id"],
        )
    if cell.form is Form.ERROR:
        raise NotUnderstood(
            f"It holds the error {cell.text}.", f"Sel ini berisi galat {cell.text}.", "Correct it.", "Perbaiki."
        )
