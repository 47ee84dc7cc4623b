"""An empty workbook, ready to be filled."""

from __future__ import annotations

from mcqms_kg.interop.workbook.headers import Header
from mcqms_kg.interop.workbook.output import Filled, Output
from mcqms_kg.interop.workbook.plan import Kind, Sheet
from mcqms_kg.interop.workbook.rows import type_title
from mcqms_kg.interop.workbook.sheets import SHEETS
from mcqms_kg.model import Written

YOURS = "ORG-01"


def template(language: str, base: str, csv: bool = False) -> Written:
    """The template, with a row for your own organisation and the address below which your records are named."""
    from mcqms_kg.interop.workbook.csv_out import csv_files
    from mcqms_kg.interop.workbook.xlsx_out import xlsx_file

    filled = tuple(_empty(sheet, language) for sheet in SHEETS)
    output = Output(language, base, filled, provider=YOURS)
    return Written(csv_files(output) if csv else {"workbook.xlsx": xlsx_file(output)})


def _empty(sheet: Sheet, language: str) -> Filled:
    headers = tuple(
        Header(column, tag, number)
        for column in sheet.columns
        for number in range(1, column.columns + 1)
        for tag in (("en", "id") if column.kind is Kind.TEXT else ("",))
    )
    if sheet.key != "organisations":
        return Filled(sheet, headers)
    return Filled(sheet, headers, (YOURS,), (type_title("Provider", language),), ({},))
