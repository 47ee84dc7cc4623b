"""The rows of the sheets that are ours, with what their columns mean; what is not ours is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import LANGUAGES
from mcqms_kg.interop.workbook import auxiliary, headers
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Grid, Problem, place, tidy
from mcqms_kg.interop.workbook.headers import Header, meant
from mcqms_kg.interop.workbook.lists import known
from mcqms_kg.interop.workbook.plan import Sheet
from mcqms_kg.interop.workbook.values import NotUnderstood
from mcqms_kg.model import Loss
from mcqms_kg.namespaces import MC, SKOS

_LOOKED_AT = 20
"""In how many of the first rows the headers may stand."""
_PREFERRED = terms.iri(SKOS + "prefLabel")


@dataclass(frozen=True)
class Row:
    """A row: the cell of its ID, the types of its thing, and its cells with the header over each."""

    id: Cell
    types: tuple[str, ...]
    cells: tuple[tuple[Header, Cell], ...]


@dataclass(frozen=True)
class Table:
    """A sheet that is ours, with its rows."""

    sheet: Sheet
    rows: tuple[Row, ...]
    decimal_comma: bool | None


@dataclass(frozen=True)
class Layout:
    """Where the columns of a sheet stand: its row of headers, the column of the IDs and of the types, and what each other means."""

    row: int
    id: int
    type: int | None
    columns: Mapping[int, Header]


def tables(book: Book, problems: list[Problem], losses: list[Loss]) -> Iterator[Table]:
    """The sheets that are ours."""
    for grid in book.grids:
        sheet = auxiliary.of_title(grid.title)
        if sheet is None:
            if grid.rows and not auxiliary.is_one_of(grid.title, *auxiliary.NOT_DATA):
                losses.append(
                    _loss(grid.title, "The workbook has no sheet of this name.", "Buku kerja tidak punya lembar ini.")
                )
            continue
        layout = layout_of(grid, sheet)
        if layout is None:
            if grid.rows:
                problems.append(_no_headers(grid))
            continue
        losses += _strange(grid, sheet, layout)
        yield Table(sheet, tuple(_rows(grid, sheet, layout, problems)), grid.decimal_comma)


def layout_of(grid: Grid, sheet: Sheet) -> Layout | None:
    """Where the columns are: below the first row that has an ID among its headers."""
    for number in sorted(grid.rows)[:_LOOKED_AT]:
        row = grid.rows[number]
        named = {tidy(cell.text).casefold(): column for column, cell in sorted(row.items(), reverse=True)}
        if headers.ID["en"].casefold() in named:
            types = [
                named[t.casefold()] for t in headers.TYPE.values() if t.casefold() in named and len(sheet.classes) > 1
            ]
            id_ = named[headers.ID["en"].casefold()]
            columns = {
                column: header
                for column, cell in row.items()
                if column not in (id_, *types) and (header := meant(sheet, cell.text))
            }
            return Layout(number, id_, types[0] if types else None, columns)
    return None


def _no_headers(grid: Grid) -> Problem:
    return Problem(
        place(grid.title, min(grid.rows), 1),
        {
            "en": "The sheet has no row of headers with ID in it.",
            "id": "Lembar ini tidak punya baris judul kolom dengan ID.",
        },
        {
            "en": "Put the headers of the template above the rows.",
            "id": "Letakkan judul kolom dari templat di atas baris data.",
        },
    )


def _strange(grid: Grid, sheet: Sheet, layout: Layout) -> Iterator[Loss]:
    """Columns that the sheet does not have, where something stands in them, and what stands above the headers."""
    ours = {layout.id, layout.type, *layout.columns}
    told: set[int] = set()
    for number in sorted(grid.rows):
        for column, cell in sorted(grid.rows[number].items()):
            if number < layout.row:
                yield _loss(cell.at, "It stands above the headers.", "Isi ini ada di atas judul kolom.", cell.text)
            elif number > layout.row and column not in ours and column not in told:
                told.add(column)
                over = grid.rows[layout.row].get(column)
                yield _loss(
                    over.at if over else cell.at,
                    f"The sheet {sheet.title['en']} has no column of this name.",
                    f"Lembar {sheet.title['id']} tidak punya kolom bernama ini.",
                    over.text if over else "",
                )


def _loss(at: str, en: str, id: str, value: str = "") -> Loss:
    return Loss(at, {"en": en, "id": id}, value[:100])


def _rows(grid: Grid, sheet: Sheet, layout: Layout, problems: list[Problem]) -> Iterator[Row]:
    for number in sorted(n for n in grid.rows if n > layout.row):
        cells = {c: cell for c, cell in grid.rows[number].items() if tidy(cell.text) or cell.form is Form.FORMULA}
        ours = [(header, cells[column]) for column, header in layout.columns.items() if column in cells]
        id_, type_ = cells.get(layout.id), cells.get(layout.type or 0)
        if id_ is None and (ours or type_):
            problems.append(_no_id(place(grid.title, number, layout.id)))
        if id_ is None:
            continue
        try:
            yield _row(id_, type_, ours, sheet)
        except NotUnderstood as problem:
            at = (
                id_.at
                if id_.form not in _NAMES
                else type_.at
                if type_
                else place(grid.title, number, layout.type or layout.id)
            )
            problems.append(Problem(at, problem.what, problem.remedy))
            if id_.form in _NAMES:  # others name it, and its cells may have faults of their own
                yield Row(id_, (), tuple(ours))


_NAMES = (Form.TEXT, Form.NUMBER)


def _row(id_: Cell, type_: Cell | None, ours: list[tuple[Header, Cell]], sheet: Sheet) -> Row:
    if id_.form not in _NAMES:
        raise NotUnderstood(
            f"An ID cannot be a {id_.form.value}.",
            "ID harus berupa teks.",
            "Format the column as text, and write the ID again.",
            "Format kolom sebagai teks, lalu tuliskan ID lagi.",
        )
    return Row(id_, _types(type_, sheet), tuple(ours))


def _no_id(at: str) -> Problem:
    return Problem(
        at,
        {"en": "The row has no ID.", "id": "Baris ini tidak punya ID."},
        {
            "en": "Give it one, or empty the row; of merged cells only the first counts.",
            "id": "Beri ID, atau kosongkan barisnya; dari sel yang digabung hanya yang pertama dihitung.",
        },
    )


def type_title(class_: str, language: str) -> str:
    """What stands for a class in the column of types."""
    text = known().texts(terms.iri(MC + class_), _PREFERRED)[language]
    return text[:1].upper() + text[1:]


def _types(cell: Cell | None, sheet: Sheet) -> tuple[str, ...]:
    if len(sheet.classes) == 1:
        return sheet.classes
    titles = {type_title(name, language).casefold(): name for name in sheet.classes for language in LANGUAGES}
    parts = [part for part in map(tidy, cell.text.split(";")) if part] if cell and cell.form in _NAMES else []
    found = [titles.get(part.casefold()) for part in parts]
    if not parts or None in found:
        said = repr("; ".join(parts)[:60]) if parts else ""
        shown = {language: ", ".join(type_title(name, language) for name in sheet.classes) for language in LANGUAGES}
        raise NotUnderstood(
            f"{said} is not a type of this sheet." if parts else "The row has no type.",
            f"{said} bukan jenis pada lembar ini." if parts else "Baris ini tidak punya jenis.",
            f"Choose one of: {shown['en']}.",
            f"Pilih salah satu: {shown['id']}.",
        )
    return tuple(name for name in found if name)
