"""The workbook as an XLSX file: headers that explain themselves, drop-down lists, dates that are dates."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.interop.workbook import auxiliary, lists
from mcqms_kg.interop.workbook.explained import LIST_TITLES, column_rows, comment, read_me
from mcqms_kg.interop.workbook.headers import Header
from mcqms_kg.interop.workbook.other_statements import HEADERS
from mcqms_kg.interop.workbook.output import Filled, Output, is_plain_number
from mcqms_kg.interop.workbook.plan import Column, Kind
from mcqms_kg.interop.workbook.rows import type_title
from mcqms_kg.interop.workbook.sheets import BY_KEY, SHEETS
from mcqms_kg.interop.workbook.values import FLAGS
from mcqms_kg.namespaces import CODE

_AUTHOR = "mcqms"
_SPARE_ROWS = 500
_HEAD = PatternFill("solid", fgColor="1F4E79")
_BOLD, _WHITE = Font(bold=True), Font(bold=True, color="FFFFFF")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.NUMBER: "General", Kind.COUNT: "0", Kind.YEAR: "0"}
_WIDTHS = {Kind.TEXT: 32, Kind.CHOICE: 24, Kind.ADDRESS: 32}
_FIRST_YEAR = 1901
_TABS = ("1F4E79", "2E75B6", "548235", "BF8F00", "7030A0")
_LONGEST_RULE = 255
_PROPERTIES = "docProps/core.xml"
_MOMENT = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>", re.DOTALL)


def xlsx_file(output: Output) -> bytes:
    """The bytes of the file."""
    book = Workbook()
    for unasked in book.worksheets:
        book.remove(unasked)
    language = output.language
    told = column_rows(output)
    _lines(book, auxiliary.READ_ME[language], [(line,) for line in read_me(output)], (110,))
    _link_sheets(book[auxiliary.READ_ME[language]], output)
    _lines(book, auxiliary.SETTINGS[language], output.settings(), (28, 60))
    ranges = _ranges(language)
    for one in output.filled:
        _sheet(book, one, output, told, ranges)
    other = [tuple(text[language] for text in HEADERS), *output.other]
    _lines(book, auxiliary.OTHER[language], other, (40, 40, 80), headed=True)
    _lines(book, auxiliary.COLUMNS[language], told, (26, 30, 70, 50, 30), headed=True)
    _lists(book, language)
    out = io.BytesIO()
    book.save(out)
    return _timeless(out)


def _timeless(saved: io.BytesIO) -> bytes:
    """The same file without the moment at which it was saved, so that the same data give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in archive.namelist():
            content = archive.read(name)
            if name == _PROPERTIES:
                content = _MOMENT.sub(b"", content)
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _lines(
    book: Workbook, title: str, rows: Sequence[Sequence[str]], widths: Sequence[int], headed: bool = False
) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(list(row))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = _WRAPPED
    for cell in sheet[1] if headed else sheet["A"][:1]:
        cell.font = _BOLD
    if headed:
        sheet.freeze_panes = "A2"


def _link_sheets(sheet: Any, output: Output) -> None:
    """The names of the sheets lead to them."""
    titles = {one.sheet.title[output.language] for one in output.filled}
    for (cell,) in sheet.iter_rows():
        title = str(cell.value or "").split(":")[0]
        if title in titles:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
            cell.font = Font(color="0563C1", underline="single")


def _sheet(book: Workbook, one: Filled, output: Output, told: list[tuple[str, ...]], ranges: Mapping[str, str]) -> None:
    language, title = output.language, one.sheet.title[output.language]
    sheet = book.create_sheet(title)
    sheet.sheet_properties.tabColor = _TABS[SHEETS.index(one.sheet) * len(_TABS) // len(SHEETS)]
    sheet.append(list(one.top(language)))
    for cell in sheet[1]:
        cell.fill, cell.font, cell.alignment = _HEAD, _WHITE, _WRAPPED
    sheet.freeze_panes = "C2" if one.has_type else "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(one.top(language)))}{len(one.ids) + 1}"
    first = 3 if one.has_type else 2
    explained = {row[1]: comment(language, row) for row in told if row[0] == title}
    for number in range(1, first):
        sheet.column_dimensions[get_column_letter(number)].number_format = "@"
        sheet.column_dimensions[get_column_letter(number)].width = 16 * number
    for number, header in enumerate(one.headers, start=first):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.number_format = _FORMATS.get(header.column.kind, "@")
        dimension.width = _WIDTHS.get(header.column.kind, 16)
        plain = Header(header.column).shown(language)
        sheet.cell(1, number).comment = Comment(explained[plain], _AUTHOR, height=140, width=340)
    _choices(sheet, one, output, ranges)
    for number, row in enumerate(one.body(), start=2):
        for column, carried in enumerate(row, start=1):
            if carried and carried.text:
                over = one.headers[column - first] if column >= first else None
                _fill(sheet.cell(number, column), carried.text, over)


def _fill(cell: Any, text: str, header: Header | None) -> None:
    kind = header.column.kind if header else Kind.WORD
    if kind in (Kind.NUMBER, Kind.COUNT) and is_plain_number(text):
        _, point, decimals = text.partition(".")
        cell.value = float(text) if point else int(text)
        cell.number_format = f"0.{'0' * len(decimals)}" if point else "0"
        return
    if kind is Kind.DATE and (day := _day(text)):
        cell.value, cell.number_format = day, _FORMATS[Kind.DATE]
        return
    cell.value, cell.number_format = text, "@"
    if kind is Kind.TEXT:
        cell.alignment = _WRAPPED


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR and day.isoformat() == text else None


def _choices(sheet: Any, one: Filled, output: Output, ranges: Mapping[str, str]) -> None:
    """The drop-down lists: codes only from their list, IDs with room for others."""
    last = len(one.ids) + _SPARE_ROWS
    if one.has_type:
        types = ",".join(type_title(name, output.language) for name in one.sheet.classes)
        formula = f'"{types}"' if len(types) <= _LONGEST_RULE else ranges[f"types:{one.sheet.key}"]
        _choose(sheet, 2, last, formula, False)
    first = 3 if one.has_type else 2
    for number, header in enumerate(one.headers, start=first):
        formula = _source(header.column, output.language, ranges)
        if formula:
            _choose(
                sheet,
                number,
                last,
                formula,
                bool(header.column.lists) and header.column.columns == 1 and not header.column.to,
            )


def _source(column: Column, language: str, ranges: Mapping[str, str]) -> str:
    if column.kind is Kind.FLAG:
        return f'"{",".join(words[language] for words in FLAGS.values())}"'
    if column.lists:
        return ranges[column.lists[0]]
    if column.to:
        return f"'{BY_KEY[column.to[0]].title[language]}'!$A$2:$A${_SPARE_ROWS}"
    return ""


def _choose(sheet: Any, column: int, last: int, formula: str, strict: bool) -> None:
    letter = get_column_letter(column)
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=strict, errorStyle="stop")
    rule.add(f"{letter}2:{letter}{last}")
    sheet.add_data_validation(rule)


def _columns_of_lists(language: str) -> dict[str, tuple[str, list[str]]]:
    """Every list by its name: its title and its choices."""
    names = dict.fromkeys(name for sheet in SHEETS for column in sheet.columns for name in column.lists)
    found = {
        name: (_list_title(name, language), [entry.shown(language) for entry in lists.entries(name)]) for name in names
    }
    for sheet in SHEETS:
        if len(sheet.classes) > 1:
            found[f"types:{sheet.key}"] = (
                sheet.title[language],
                [type_title(class_, language) for class_ in sheet.classes],
            )
    return found


def _list_title(name: str, language: str) -> str:
    own = LIST_TITLES.get(name)
    return (
        own[language]
        if own
        else in_language({language: lists.known().name(terms.iri(CODE + name), language)}, language)
    )


def _ranges(language: str) -> Mapping[str, str]:
    return {
        name: f"'{auxiliary.LISTS[language]}'!${get_column_letter(n)}$2:${get_column_letter(n)}${len(texts) + 1}"
        for n, (name, (_, texts)) in enumerate(_columns_of_lists(language).items(), start=1)
    }


def _lists(book: Workbook, language: str) -> None:
    sheet = book.create_sheet(auxiliary.LISTS[language])
    for column, (title, texts) in enumerate(_columns_of_lists(language).values(), start=1):
        for row, text in enumerate((title, *texts), start=1):
            sheet.cell(row, column, text)
        sheet.cell(1, column).font = _BOLD
        sheet.column_dimensions[get_column_letter(column)].width = 32
    sheet.freeze_panes = "A2"
