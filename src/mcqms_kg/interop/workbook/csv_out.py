"""The sheets as CSV files: UTF-8 with the mark by which Excel knows it, commas between, points in numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.explained import column_rows, read_me
from mcqms_kg.interop.workbook.other_statements import HEADERS
from mcqms_kg.interop.workbook.output import Output
from mcqms_kg.interop.workbook.values import escaped

_MARK = "\ufeff"


def csv_files(output: Output) -> Mapping[str, bytes]:
    """A file for each sheet, by its name."""
    language = output.language
    files: dict[str, Iterable[Sequence[str]]] = {
        auxiliary.READ_ME[language]: [(line,) for line in read_me(output)],
        auxiliary.SETTINGS[language]: output.settings(),
    }
    for one in output.filled:
        body = [tuple(cell.text if cell else "" for cell in row) for row in one.body()]
        files[one.sheet.title[language]] = [one.top(language), *body]
    if output.other:
        files[auxiliary.OTHER[language]] = [tuple(text[language] for text in HEADERS), *output.other]
    files[auxiliary.COLUMNS[language]] = column_rows(output)
    return {f"{title}.csv": _csv(rows) for title, rows in files.items()}


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return (_MARK + out.getvalue()).encode()


__all__ = ["csv_files", "escaped"]
