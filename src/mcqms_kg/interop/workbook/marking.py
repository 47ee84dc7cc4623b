"""Which cells of a workbook the findings of a check belong to, and what is written beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.grid import Book, Cell, Grid, Problem, UnreadableCells, letters, tidy
from mcqms_kg.interop.workbook.help import own_properties
from mcqms_kg.interop.workbook.names import Names
from mcqms_kg.interop.workbook.reading import base_in, ids_in, value_in
from mcqms_kg.interop.workbook.rows import Layout, layout_of, tables
from mcqms_kg.model import Finding, Term
from mcqms_kg.namespaces import MC

_PROPERTY = re.compile(r"<[^<>\s]+>")
_WORDS = {"en": "What to do", "id": "Cara memperbaiki"}
_GRADES = {"major": "mayor", "minor": "minor", "opportunity": "peluang perbaikan"}


@dataclass(frozen=True)
class Mark:
    """A cell that is to be marked: sheet, cell such as B7, and what is said of it."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class _Sheet:
    """A sheet with the rows of its things, and where its columns are."""

    grid: Grid
    layout: Layout
    rows: Mapping[Term, int]


def marks_of(findings: Iterable[Finding], book: Book, language: str) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """The marks for the findings, and the findings that no cell is about."""
    sheets = _sheets(book)
    placed: dict[tuple[str, str], dict[str, None]] = {}
    left: list[Finding] = []
    for finding in findings:
        cells = list(_cells(finding, sheets)) or list(_places(finding, book))
        for sheet, cell in cells:
            placed.setdefault((sheet, cell), {})[_told(finding, language)] = None
        if not cells:
            left.append(finding)
    marks = tuple(Mark(sheet, cell, "\n\n".join(texts)) for (sheet, cell), texts in placed.items())
    return marks, tuple(left)


def marks_of_problems(problem: UnreadableCells, language: str) -> tuple[Mark, ...]:
    """The marks for cells that cannot be read."""
    return tuple(_of_problem(one, language) for one in problem.problems)


def _of_problem(problem: Problem, language: str) -> Mark:
    sheet, _, cell = problem.at.rpartition("!")
    return Mark(sheet, cell, f"{problem.what[language]} {problem.remedy[language]}")


def _told(finding: Finding, language: str) -> str:
    said = in_language(finding.expected, language)
    requirement = finding.requirement
    grade = _GRADES[finding.grade.value] if language == "id" else finding.grade.value
    remedy = in_language(requirement.remedy, language)
    return f"{requirement.notation} ({grade}): {said}\n{_WORDS[language]}: {remedy}"


def _sheets(book: Book) -> tuple[_Sheet, ...]:
    base, found = base_in(book), []
    names = Names(ids_in(tables(book, [], []), base), base)
    for grid in book.grids:
        sheet = auxiliary.of_title(grid.title)
        layout = layout_of(grid, sheet) if sheet else None
        if sheet and layout:
            (table,) = tables(Book((grid,)), [], [])
            rows = {names.ids[tidy(row.id.text).casefold()]: _number(row.id) for row in table.rows}
            found.append(_Sheet(grid, layout, rows))
    return tuple(found)


def _number(cell: Cell) -> int:
    return int(re.sub("^.*?([0-9]+)$", r"\1", cell.at))


def _cells(finding: Finding, sheets: Iterable[_Sheet]) -> Iterator[tuple[str, str]]:
    """The cell of the value, else the cell of the property, else the row's ID."""
    for sheet in sheets:
        if finding.result.focus not in sheet.rows:
            continue
        number = sheet.rows[finding.result.focus]
        there = sheet.grid.rows[number]
        columns = _columns(finding, sheet.layout)
        filled = [c for c in columns if c in there]
        empty = [c for c in columns if c not in there]
        of_value = [c for c in filled if _holds(there[c], finding.result.value, sheet, c)]
        asked = empty[:1] if finding.result.value is None else filled
        for column in of_value or asked or filled[:1] or empty[:1] or [sheet.layout.id]:
            yield sheet.grid.title, f"{letters(column)}{number}"


def _places(finding: Finding, book: Book) -> Iterator[tuple[str, str]]:
    """Where the finding's statements stand, for a thing that no row is about."""
    titles = {grid.title for grid in book.grids}
    for place in finding.places[:1]:
        title, _, cell = place.at.rpartition("!")
        if title in titles:
            yield title, cell


def _holds(cell: Cell, value: Term | None, sheet: _Sheet, column: int) -> bool:
    return value is not None and value_in(cell, sheet.layout.columns[column], sheet.grid.decimal_comma) == value


def _columns(finding: Finding, layout: Layout) -> list[int]:
    """The columns of the property that the finding is about: its path begins with it, its shape is named after it or reads no other."""
    whole = (finding.result.path or "").lstrip("(")
    path = _PROPERTY.match(whole)
    if whole and not path:
        return []  # it begins against the arrow, at rows of another sheet
    ours = {header.column.property for header in layout.columns.values() if not header.column.backwards}
    shape = finding.result.source_shape
    named = {terms.iri(MC + terms.local_name(shape).rpartition("-")[2])} if terms.is_iri(shape) else set()
    about = {Term(path[0])} & ours if path else named & ours or own_properties(shape) & ours
    if len(about) != 1:
        return []
    return [c for c, h in sorted(layout.columns.items()) if h.column.property in about and not h.column.backwards]
