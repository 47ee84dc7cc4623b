"""The workbook: what quality officers keep in a spreadsheet, as an XLSX file or a folder of CSV files."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.workbook.auxiliary import of_title
from mcqms_kg.interop.workbook.grid import Book
from mcqms_kg.model import Taken, Wanted, Written
from mcqms_kg.settings import Settings


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What the workbook says; raises a `McqmsError` that names every cell that cannot be read."""
    from mcqms_kg.interop.workbook.reading import taken

    return taken(read_book(path, called, settings), called)


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """The graph as a workbook, or with the option `csv` as CSV files; nothing of it is left out that is not told."""
    from mcqms_kg.interop.workbook.writing import written

    return written(graph, wanted)


def knows(path: Path) -> bool:
    """Whether a folder or a CSV file is a workbook of ours."""
    from mcqms_kg.interop.workbook.csv_in import is_ours

    return is_ours(path)


def read_book(path: Path, called: str, _: Settings) -> Book:
    """The sheets of a workbook as they were found."""
    from mcqms_kg.interop.workbook.csv_in import ENDING, read_csv
    from mcqms_kg.interop.workbook.xlsx_in import read_xlsx

    book = read_csv(path, called) if path.is_dir() or path.suffix.lower() == ENDING else read_xlsx(path, called)
    if not any(of_title(grid.title) for grid in book.grids):
        raise UnreadableInput(
            "No sheet of this workbook is one of ours",
            place=Place(called),
            remedy="Make a template with `mcqms workbook new`, and keep the names of its sheets.",
        )
    return book
