"""Tables as an Excel workbook: texts that can never run, the same bytes for the same tables, and links between sheets."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.report.csv import harmless

MOST_ROWS = 1_048_575
"""What a sheet holds below its heading."""
_LONGEST = 32_767
_LONGEST_LINK = 2_000
_MOST_LINKS = 65_000
_LINE, _HIGHEST = 15.0, 405.0
"""Points: a line of text, and as much as a row may have."""
_WEB = re.compile(r"https?://[^\s\"'<>]+")


@dataclass(frozen=True)
class Link:
    """A text or a number that leads to a web address, or to a cell of another sheet."""

    text: str | int
    to: str


Cell = str | int | float | dt.date | Link | None


@dataclass(frozen=True)
class Sheet:
    """A table with a heading: columns with their widths, and rows."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Cell]]
    has_filter: bool = True
    styles: Sequence[str] = field(default_factory=tuple)
    """For each row the name of its style, where rows differ."""


def cell_of(sheet: str, row: int) -> str:
    """The address of the first cell of a row, counted from 0 below the heading."""
    return f"internal:'{sheet}'!A{row + 2}"


def written(sheets: Sequence[Sheet], title: str, day: dt.date) -> bytes:
    """The workbook. Raises `Unsupported` where a table has more rows than a sheet can hold."""
    import xlsxwriter  # takes long to import: only where a workbook is written

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    created = dt.datetime(day.year, day.month, day.day)
    book.set_properties({"title": harmless(title), "author": "mcqms-kg", "created": created})
    formats = {name: book.add_format(look) for name, look in _LOOKS.items()}
    for sheet in sheets:
        _put(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return out.getvalue()


_TOP: dict[str, Any] = {"valign": "top", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "": _TOP,
    "heading": {"bold": True, "valign": "top", "text_wrap": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"},
    "link": {**_TOP, "font_color": "#0B5394", "underline": 1},
    "date": {**_TOP, "num_format": "yyyy-mm-dd", "align": "left"},
    "strong": {**_TOP, "bold": True},
}


def _put(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    if len(sheet.rows) > MOST_ROWS:
        raise Unsupported(
            f"A sheet holds {MOST_ROWS} rows, and the table {sheet.name!r} has {len(sheet.rows)}",
            remedy="Write the report as csv or json.",
        )
    for number, (heading, width) in enumerate(sheet.columns):
        page.set_column(number, number, width)
        page.write_string(0, number, heading, formats["heading"])
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    if sheet.has_filter:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    links = 0
    for line, row in enumerate(sheet.rows, start=1):
        style = sheet.styles[line - 1] if sheet.styles else ""
        page.set_row(line, _height(row, [width for _, width in sheet.columns]))
        for number, cell in enumerate(row):
            links += _put_cell(page, line, number, cell, style, formats, links < _MOST_LINKS)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """High enough for the texts as they break in their columns: not every program works it out when it opens the file."""
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        shown = cell.text if isinstance(cell, Link) else cell
        if isinstance(shown, str):
            lines = max(lines, sum(1 + len(part) // width for part in shown.split("\n")))
    return min(lines * _LINE, _HIGHEST)


def _put_cell(
    page: Any, row: int, column: int, cell: Cell, style: str, formats: dict[str, Any], may_link: bool
) -> bool:
    """Writes a cell and tells whether it is a link. A text is written as text: it is never read for numbers or formulas."""
    if isinstance(cell, Link):
        if may_link and _leads(cell.to):
            page.write_url(row, column, cell.to, formats["link"], text(str(cell.text)))
            if isinstance(cell.text, int):
                page.write_number(row, column, cell.text, formats["link"])
            return True
        cell = cell.text
    if isinstance(cell, dt.date):
        page.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), formats["date"])
    elif isinstance(cell, str) and cell:
        page.write_string(row, column, text(cell), formats[style])
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, formats[style])
    return False


def _leads(to: str) -> bool:
    return to.startswith("internal:") or (len(to) <= _LONGEST_LINK and _WEB.fullmatch(to) is not None)


def text(given: str) -> str:
    """The text as a cell holds it: harmless, and not longer than Excel can read."""
    cell = harmless(given)
    units = cell.encode("utf-16-le")
    return cell if len(units) <= 2 * _LONGEST else units[: 2 * _LONGEST - 2].decode("utf-16-le", "ignore") + "…"
