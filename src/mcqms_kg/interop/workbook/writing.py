"""A graph as the rows of the sheets: what a sheet can carry stands in its cells, all else on the sheet of other statements.

Nothing rests on hope: the rows are read back as anybody would read them. What did not come back as it was is moved.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.interop.workbook import lists
from mcqms_kg.interop.workbook.base_iri import base_of, id_of
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.interop.workbook.headers import Header
from mcqms_kg.interop.workbook.other_statements import one_line
from mcqms_kg.interop.workbook.output import Carried, Filled, Output, as_book, is_plain_number
from mcqms_kg.interop.workbook.plan import Column, Kind, Sheet
from mcqms_kg.interop.workbook.reading import taken
from mcqms_kg.interop.workbook.rows import type_title
from mcqms_kg.interop.workbook.sheets import SHEETS
from mcqms_kg.interop.workbook.values import FLAGS, escaped
from mcqms_kg.model import Loss, Term, Triple, Wanted, Written
from mcqms_kg.model.countries import COUNTRIES

LONGEST = 32_767
"""How many characters a cell can hold."""
_MOST_COLUMNS = 8
_NOT_IN_A_CELL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


@dataclass
class Sheets:
    """What the sheets say so far: the things on each, their IDs, the values of each cell, and what no sheet carries."""

    language: str
    base: str
    things: dict[str, list[Term]] = field(default_factory=dict)
    ids: dict[Term, str] = field(default_factory=dict)
    types: dict[Term, tuple[Term, ...]] = field(default_factory=dict)
    values: dict[tuple[str, Term, Column], list[Term]] = field(default_factory=lambda: defaultdict(list))
    other: list[Triple] = field(default_factory=list)


def written(graph: GraphIndex, wanted: Wanted) -> Written:
    """The workbook as files; `csv` among the options asks for CSV files."""
    from mcqms_kg.interop.workbook.csv_out import csv_files
    from mcqms_kg.interop.workbook.xlsx_out import xlsx_file

    output, losses = output_of(graph, wanted)
    if wanted.options.get("csv"):
        return Written(csv_files(output), losses)
    return Written({"workbook.xlsx": xlsx_file(output)}, losses)


def output_of(graph: GraphIndex, wanted: Wanted) -> tuple[Output, tuple[Loss, ...]]:
    """The filled sheets, and statements that not even the sheet of other statements can hold."""
    triples = list(_triples(graph, wanted))
    sheets = _laid_out(triples, wanted.language)
    moved: set[Triple] = set()
    output = _filled(sheets, moved)
    for _ in range(len(SHEETS)):
        wrong = _not_as_it_was(output, set(triples))
        if not wrong - moved:
            break
        moved |= wrong
        output = _filled(sheets, moved)
    long = [t for t in (*sheets.other, *moved) if max(map(len, map(one_line, t))) + 1 > LONGEST]
    return output, tuple(_too_long(triple) for triple in dict.fromkeys(long))


def _triples(graph: GraphIndex, wanted: Wanted) -> Iterator[Triple]:
    for subject in sorted(wanted.about or graph.all_subjects()):
        yield from ((subject, p, o) for p, o in graph.out(subject))


def _laid_out(triples: Iterable[Triple], language: str) -> Sheets:
    triples = list(triples)
    types: dict[Term, set[Term]] = defaultdict(set)
    for s, p, o in triples:
        if p == TYPE:
            types[s].add(o)
    sheets = Sheets(language, base_of(types))
    where = {s: sheet for s, of in types.items() if (sheet := _sheet_for(of))}
    sheets.ids = _ids(where, sheets.base)
    where = {s: sheet for s, sheet in where.items() if s in sheets.ids}
    for sheet in SHEETS:
        mine = [s for s, at in where.items() if at is sheet]
        sheets.things[sheet.key] = sorted(mine, key=lambda s: _natural(sheets.ids[s]))
        sheets.types |= {s: tuple(c for c in sheet.class_terms() if c in types[s]) for s in mine}
    for triple in triples:
        _place(triple, where, sheets)
    return sheets


def _ids(things: Iterable[Term], base: str) -> dict[Term, str]:
    """An ID for each thing; two that differ in large and small letters only are too close for two rows."""
    ids: dict[Term, str] = {}
    seen: set[str] = set()
    for thing in sorted(things):
        for id_ in (id_of(thing, base), thing):
            if id_.casefold() not in seen:
                ids[thing] = id_
                seen.add(id_.casefold())
                break
    return ids


def _sheet_for(types: set[Term]) -> Sheet | None:
    return next((sheet for sheet in SHEETS if types & set(sheet.class_terms())), None)


def _place(triple: Triple, where: Mapping[Term, Sheet], sheets: Sheets) -> None:
    """The cell that carries a statement: of its subject's row, or of its value's where the column looks backwards."""
    subject, property_, value = triple
    if own := where.get(subject):
        if property_ == TYPE and value in own.class_terms():
            return
        for column in own.columns:
            if column.property == property_ and not column.backwards:
                sheets.values[own.key, subject, column].append(value)
                return
    if behind := where.get(value):
        for column in behind.columns:
            if column.property == property_ and column.backwards:
                sheets.values[behind.key, value, column].append(subject)
                return
    sheets.other.append(triple)


def _natural(text: str) -> tuple[object, ...]:
    """IDs in the order in which people count: MC-2 before MC-10."""
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split("([0-9]{1,18})", text))


def _filled(sheets: Sheets, moved: set[Triple]) -> Output:
    filled = tuple(_sheet_filled(sheet, sheets, moved) for sheet in SHEETS)
    other = sorted({*sheets.other, *moved})
    rows = tuple(_other_row(triple, sheets) for triple in other if max(map(len, map(one_line, triple))) < LONGEST)
    return Output(sheets.language, sheets.base, filled, rows)


def _other_row(triple: Triple, sheets: Sheets) -> tuple[str, str, str]:
    subject, property_, value = triple
    short = terms.short(property_)
    known = sheets.ids.get(subject, one_line(subject))
    return known, short if terms.expand(short) == property_ else property_, one_line(value)


def _sheet_filled(sheet: Sheet, sheets: Sheets, moved: set[Triple]) -> Filled:
    """The rows of one sheet, with as many columns for each property and language as its things need."""
    things = sheets.things[sheet.key]
    used: dict[Column, dict[Header, None]] = {column: {} for column in sheet.columns}
    rows: list[dict[Header, Carried]] = []
    for thing in things:
        row: dict[Header, Carried] = {}
        for column in sheet.columns:
            values = sheets.values.get((sheet.key, thing, column), ())
            stays = [(v, t) for v in values if (t := _statement(thing, column, v)) not in moved]
            cells = _spread(column, stays, sheets)
            row |= cells
            used[column] |= dict.fromkeys(cells)
        rows.append(row)
    headers = tuple(h for column in sheet.columns for h in _headers(column, used[column]))
    ids = tuple(sheets.ids[thing] for thing in things)
    return Filled(
        sheet, headers, ids, tuple(_types(sheets.types[thing], sheets.language) for thing in things), tuple(rows)
    )


def _types(types: tuple[Term, ...], language: str) -> str:
    return "; ".join(type_title(terms.local_name(type_), language) for type_ in types)


def _statement(thing: Term, column: Column, value: Term) -> Triple:
    return (value, column.property, thing) if column.backwards else (thing, column.property, value)


def _headers(column: Column, used: Iterable[Header]) -> list[Header]:
    languages = ("en", "id") if column.kind is Kind.TEXT else ("",)
    template = {Header(column, language, n) for language in languages for n in range(1, column.columns + 1)}
    return sorted(
        template | set(used), key=lambda header: (header.number, header.language not in languages, header.language)
    )


def _spread(column: Column, values: list[tuple[Term, Triple]], sheets: Sheets) -> dict[Header, Carried]:
    """The values over as many columns as there may be; where there are more, the last holds the rest with semicolons."""
    by_language: dict[str, list[Carried]] = defaultdict(list)
    for value, triple in values:
        shown = _shown(column, value, sheets)
        language = terms.language(value) if column.kind is Kind.TEXT else ""
        by_language[language].append(Carried(shown or "", (triple,)))
    found: dict[Header, Carried] = {}
    for language, cells in by_language.items():
        most = column.columns if column.kind is Kind.CHOICE else _MOST_COLUMNS
        for number, cell in enumerate(cells[:most], start=1):
            rest = cells[most:] if number == most and column.kind is Kind.CHOICE else []
            texts = [one.text for one in (cell, *rest) if one.text]
            found[Header(column, language, number)] = Carried(
                "; ".join(texts), tuple(t for one in (cell, *rest) for t in one.triples)
            )
    return found


def _shown(column: Column, value: Term, sheets: Sheets) -> str | None:
    """What the cell says; nothing where no cell can say it."""
    if column.kind is Kind.CHOICE:
        return _choice(column, value, sheets)
    if not terms.is_literal(value):
        return None
    text = terms.lexical(value)
    if _NOT_IN_A_CELL.search(text) or len(text) >= LONGEST:
        return None
    if column.kind is Kind.FLAG:
        return FLAGS[text][sheets.language] if text in FLAGS else None
    if column.kind is Kind.COUNTRY:
        return text if text in COUNTRIES else None
    if column.kind in (Kind.TEXT, Kind.WORD):
        return escaped(text)
    return text if escaped(text) == text or is_plain_number(text) else None


def _choice(column: Column, value: Term, sheets: Sheets) -> str | None:
    if value in sheets.ids:
        return sheets.ids[value]
    for name in column.lists:
        if value in lists.entry_of(name):
            return lists.entry_of(name)[value].shown(sheets.language)
    short = terms.short(value)
    if terms.is_iri(value) and not short.startswith("<"):
        return short
    return None if terms.is_literal(value) else terms.lexical(value) if terms.is_iri(value) else value


def _not_as_it_was(output: Output, wanted: set[Triple]) -> set[Triple]:
    """The statements of cells that are read back otherwise than they were, or not at all."""
    by_place = dict(output.statements())
    try:
        back = {(stated.at, stated.triple) for stated in taken(as_book(output), "").stated}
    except UnreadableCells as problem:
        return {t for p in problem.problems for t in by_place.get(p.at, ())}
    wrong = {at for at, triple in back if triple not in wanted}
    found = {triple for _, triple in back}
    return {t for at in wrong for t in by_place.get(at, ())} | {
        t for carried in by_place.values() for t in carried if t not in found
    }


def _too_long(triple: Triple) -> Loss:
    return Loss(
        triple[0],
        {"en": "The statement is too long for a cell.", "id": "Pernyataan ini terlalu panjang untuk sebuah sel."},
        triple[1],
    )
