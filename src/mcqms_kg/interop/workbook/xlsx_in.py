"""The sheets of an XLSX file: values as they are stored, formulas by name only."""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml.ElementTree import fromstring

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.interop.workbook.auxiliary import EXPLANATIONS, is_one_of
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Grid, place
from mcqms_kg.interop.workbook.package import check_package
from mcqms_kg.model import Loss

_MIDNIGHT = dt.time()
_DECIMALS = re.compile(r"[#,]*0(?:\.(0+))?")
_LONGEST = 32_767


def read_xlsx(path: Path, called: str) -> Book:
    """The workbook in the file; raises a `McqmsError` for one that cannot be read or asks for too much."""
    check_package(path, called)
    with (
        warnings.catch_warnings(),
        path.open("rb") as stream,
    ):  # what is kept has no ending, which openpyxl would ask for
        warnings.simplefilter("ignore")  # openpyxl tells of what it does not keep; we keep nothing of it
        try:
            book = openpyxl.load_workbook(stream, read_only=True, keep_links=False, rich_text=False)
            try:
                _refuse_missing(path, book.sheetnames)
                data = (sheet for sheet in book.worksheets if not is_one_of(sheet.title, *EXPLANATIONS))
                grids = tuple(Grid(sheet.title, dict(_rows(sheet))) for sheet in data)
            finally:
                book.close()
        except (
            ValueError,
            KeyError,
            TypeError,
            IndexError,
            AttributeError,
            LookupError,
            OSError,
            SyntaxError,
        ) as problem:
            raise UnreadableInput(
                f"The workbook cannot be read: {str(problem)[:200]}",
                place=Place(called),
                remedy="Open it in a spreadsheet program and save it anew as .xlsx.",
            ) from problem
    return Book(grids, tuple(_not_looked_at(path)))


def _refuse_missing(path: Path, found: Sequence[str]) -> None:
    """A sheet that the workbook names and does not hold would be left out without a word."""
    with zipfile.ZipFile(path) as archive:
        named = fromstring(archive.read("xl/workbook.xml")).iter()
    missing = {one.get("name", "") for one in named if one.tag.rpartition("}")[2] == "sheet"} - set(found)
    if missing:
        raise ValueError(f"it names the sheet {min(missing)!r}, which is not in it")


def _rows(sheet: Any) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """The rows that are not empty. What the sheet says of its size is not believed."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows():
        cells = {cell.column: found for cell in row if cell.value is not None and (found := _cell(sheet.title, cell))}
        if cells:
            yield next(cell.row for cell in row if cell.value is not None), cells


def _cell(title: str, cell: Any) -> Cell | None:
    at, value = place(title, cell.row, cell.column), cell.value
    if cell.data_type == "f":
        return Cell(at, Form.FORMULA, str(getattr(value, "text", value))[:_LONGEST])
    if cell.data_type == "e":
        return Cell(at, Form.ERROR, str(value))
    if isinstance(value, bool):
        return Cell(at, Form.BOOLEAN, str(value).upper())
    if isinstance(value, dt.datetime):
        bare = value.time() == _MIDNIGHT
        return Cell(at, Form.DATE, value.date().isoformat() if bare else value.isoformat(sep=" ", timespec="seconds"))
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        return Cell(at, Form.DATE, str(value))
    if isinstance(value, int | float | Decimal):
        return Cell(at, Form.NUMBER, _number(value, cell.number_format))
    text = str(value)
    return Cell(at, Form.TEXT, text) if text.strip() else None


def _number(value: float | Decimal, shown_as: str | None) -> str:
    """The number without an exponent, and with as many decimals as the cell shows."""
    plain = format(Decimal(repr(value) if isinstance(value, float) else value), "f")
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    shown = _DECIMALS.fullmatch(shown_as or "")
    rest = rest.ljust(len(shown[1]) if shown and shown[1] else 0, "0")
    return f"{whole}.{rest}" if rest else whole


def _not_looked_at(path: Path) -> Iterator[Loss]:
    """Links to other workbooks: nobody follows them."""
    with zipfile.ZipFile(path) as archive:
        linked = any(name.lower().startswith("xl/externallinks/") for name in archive.namelist())
    if linked:
        yield Loss(
            "",
            {
                "en": "The workbook has links to other files, which are not followed.",
                "id": "Buku kerja memuat tautan ke berkas lain, dan tautan itu tidak diikuti.",
            },
        )
