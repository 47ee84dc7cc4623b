"""Which cells of a workbook the findings of a check belong to, and what is written beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.grid import Book, Cell, Grid, Problem, UnreadableCells, letters, tidy
from mcqms_kg.interop.workbook.help import home_of, homes_of_targets, own_properties
from mcqms_kg.interop.workbook.names import Names
from mcqms_kg.interop.workbook.reading import base_in, ids_in, value_in
from mcqms_kg.interop.workbook.rows import Layout, layout_of, tables
from mcqms_kg.model import Finding, RequirementVerdict, Term, Verdict
from mcqms_kg.namespaces import MC

_PROPERTY = re.compile(r"<[^<>\s]+>")
_WORDS = {"en": "What to do", "id": "Cara memperbaiki"}
_UNKNOWN = {"en": "Nothing is known, so it was not checked.", "id": "Tidak ada keterangan, sehingga tidak diperiksa."}
_PROVIDERS = "organisations"
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

    key: str
    grid: Grid
    layout: Layout
    rows: Mapping[Term, int]

    @property
    def over(self) -> tuple[str, str]:
        """The header over the IDs: where what is said of rows that are missing stands."""
        return self.grid.title, f"{letters(self.layout.id)}{self.layout.row}"


def marks_of(findings: Iterable[Finding], book: Book, language: str) -> tuple[tuple[Mark, ...], tuple[Finding, ...]]:
    """The marks for the findings, and the findings that no cell is about."""
    sheets = _sheets(book)
    placed: dict[tuple[str, str], list[Finding]] = {}
    left: list[Finding] = []
    for finding in findings:
        cells = list(_cells(finding, sheets)) or list(_places(finding, book))
        for at in cells:
            placed.setdefault(at, []).append(finding)
        if not cells:
            left.append(finding)
    marks = tuple(Mark(sheet, cell, _told(about, language)) for (sheet, cell), about in placed.items())
    return marks, tuple(left)


def marks_of_unknown(verdicts: Iterable[RequirementVerdict], book: Book, language: str) -> tuple[Mark, ...]:
    """The marks for requirements that were not checked because no row is about them: over the rows of the sheet that is missing."""
    sheets = {one.key: one for one in _sheets(book)}
    found: dict[str, list[str]] = {}
    for verdict in verdicts:
        homes = {key for run in verdict.runs for key in homes_of_targets(run.shape)} & set(sheets)
        for key in homes if verdict.verdict is Verdict.NOT_CHECKED else ():
            remedy = in_language(verdict.requirement.remedy, language)
            told = f"{verdict.requirement.notation}: {_UNKNOWN[language]}\n{_WORDS[language]}: {remedy}"
            found.setdefault(key, []).append(told)
    return tuple(Mark(*sheets[key].over, "\n\n".join(texts)) for key, texts in sorted(found.items()))


def marks_of_problems(problem: UnreadableCells, language: str) -> tuple[Mark, ...]:
    """The marks for cells that cannot be read."""
    return tuple(_of_problem(one, language) for one in problem.problems)


def _of_problem(problem: Problem, language: str) -> Mark:
    sheet, _, cell = problem.at.rpartition("!")
    return Mark(sheet, cell, f"{problem.what[language]} {problem.remedy[language]}")


def _told(findings: Iterable[Finding], language: str) -> str:
    """What is asked, requirement by requirement, and once for each what to do."""
    by_requirement: dict[str, dict[str, None]] = {}
    remedies: dict[str, str] = {}
    for finding in findings:
        requirement = finding.requirement
        grade = _GRADES[finding.grade.value] if language == "id" else finding.grade.value
        said = f"{requirement.notation} ({grade}): {in_language(finding.expected, language)}"
        by_requirement.setdefault(requirement.notation, {})[said] = None
        remedies[requirement.notation] = f"{_WORDS[language]}: {in_language(requirement.remedy, language)}"
    return "\n\n".join("\n".join((*said, remedies[number])) for number, said in by_requirement.items())


def _sheets(book: Book) -> tuple[_Sheet, ...]:
    base, found = base_in(book), []
    names = Names(ids_in(tables(book, [], []), base), base)
    for grid in book.grids:
        sheet = auxiliary.of_title(grid.title)
        layout = layout_of(grid, sheet) if sheet else None
        if sheet and layout:
            (table,) = tables(Book((grid,)), [], [])
            rows = {names.ids[tidy(row.id.text).casefold()]: _number(row.id) for row in table.rows}
            found.append(_Sheet(sheet.key, grid, layout, rows))
    return tuple(found)


def _number(cell: Cell) -> int:
    return int(re.sub("^.*?([0-9]+)$", r"\1", cell.at))


def _cells(finding: Finding, sheets: Iterable[_Sheet]) -> Iterator[tuple[str, str]]:
    """The cell of the value, else of the property, else the row's ID; for records that a provider lacks the head of their sheet."""
    sheets = tuple(sheets)
    for sheet in sheets:
        if finding.result.focus not in sheet.rows:
            continue
        number = sheet.rows[finding.result.focus]
        there = sheet.grid.rows[number]
        columns = _columns(finding, sheet.layout)
        home = None if columns or sheet.key != _PROVIDERS else home_of(finding.result.source_shape)
        if missing := next((one for one in sheets if home and one.key == home), None):
            yield missing.over
            continue
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
