"""Workbooks: a new one to be filled, and one that comes back with its cells marked."""

from __future__ import annotations

import secrets
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, Unsupported
from mcqms_kg.interop.workbook import read_book
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.model import CheckReport, Written
from mcqms_kg.settings import Settings

EXAMPLE = "https://example.org/"


def new_workbook(*, language: str = "en", base: str = "", csv: bool = False) -> Written:
    """An empty workbook with its lists and explanations, as an XLSX file or as CSV files.

    Records are named below `base`; where none is given, below an address that no other workbook has.
    """
    from mcqms_kg.interop.workbook.template import template

    address = base or f"{EXAMPLE}workbook-{secrets.token_hex(4)}/"
    if "://" not in address or not address.endswith(("/", "#")) or any(letter in ' <>"{}|\\^`' for letter in address):
        raise BadValue(f"{base!r} cannot be the address of records", remedy="Give one that ends with a slash.")
    return template(language, address, csv)


def annotate(
    book: Path | str, out: Path | str, found: CheckReport | UnreadableCells, *, language: str = "en"
) -> tuple[int, int]:
    """Writes the workbook to `out` with the cells marked that findings are about, or that cannot be read; nothing else is changed.

    Gives how many cells were marked, and how many findings no cell is about.
    """
    from mcqms_kg.interop.workbook.marked import write_marked
    from mcqms_kg.interop.workbook.marking import marks_of, marks_of_problems, marks_of_unknown

    path, to = Path(book), Path(out)
    if path.suffix.lower() != ".xlsx":
        raise Unsupported(
            "Only an XLSX workbook can be marked", place=Place(str(book)), remedy="Name one file that ends with .xlsx."
        )
    if to.exists() and to.samefile(path):
        raise BadValue("The marked workbook would replace the one that is checked", remedy="Name another file.")
    if isinstance(found, UnreadableCells):
        marks, left = marks_of_problems(found, language), 0
    else:
        read = read_book(path, str(book), Settings.from_environment())
        marks, unplaced = marks_of(found.findings(), read, language)
        marks += marks_of_unknown(found.requirements(), read, language)
        left = len(unplaced)
    write_marked(path, marks, to)
    return len(marks), left
