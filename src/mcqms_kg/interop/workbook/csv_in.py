"""A folder of CSV files, one for each sheet, or one such file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.interop.workbook import auxiliary
from mcqms_kg.interop.workbook.grid import Book, Cell, Form, Grid, place
from mcqms_kg.interop.workbook.package import LARGEST_PART, MOST_CELLS, MOST_SHEETS
from mcqms_kg.settings import MEBIBYTE

ENDING = ".csv"
_DELIMITERS = ",;\t"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def is_ours(path: Path) -> bool:
    """Whether this is a CSV file that is named like a sheet, or a folder with one."""
    if path.is_dir():
        return any(is_ours(file) for file in path.glob("*") if file.suffix.lower() == ENDING)
    return path.suffix.lower() == ENDING and auxiliary.of_title(path.stem) is not None


def read_csv(path: Path, called: str) -> Book:
    """The sheets in the folder, or the one in the file; raises `UnreadableInput` with file and row."""
    files = _files(path, called) if path.is_dir() else [path]
    if len(files) > MOST_SHEETS or sum(file.stat().st_size for file in files) > LARGEST_PART:
        raise UnreadableInput(
            f"There are more than {MOST_SHEETS} CSV files, or more than {LARGEST_PART // MEBIBYTE} MiB of them",
            place=Place(called),
            remedy="Leave out what is not needed.",
        )
    grids = tuple(read_sheet(file, f"{called}/{file.name}" if path.is_dir() else called, file.stem) for file in files)
    cells = sum(len(row) for grid in grids for row in grid.rows.values())
    if cells > MOST_CELLS:
        raise UnreadableInput(
            f"There are more than {MOST_CELLS:,} cells", place=Place(called), remedy="Split the data."
        )
    return Book(grids)


def _files(folder: Path, called: str) -> list[Path]:
    found = [file for file in sorted(folder.glob("*")) if file.suffix.lower() == ENDING and file.is_file()]
    for file in found:
        if not file.resolve().is_relative_to(folder.resolve()):
            raise UnreadableInput(
                "The file is a link that leads out of the folder",
                place=Place(f"{called}/{file.name}"),
                remedy="Put the file there.",
            )
    return found


def read_sheet(file: Path, called: str, title: str) -> Grid:
    """The sheet in one CSV file."""
    text = _text(file.read_bytes(), called)
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first)
    text, delimiter = (rest, told[1]) if told else (text, _delimiter(first))
    rows = dict(_rows(text, delimiter, title, called, 2 if told else 1))
    return Grid(title, rows, decimal_comma=delimiter == ";")


def _text(content: bytes, called: str) -> str:
    is_unicode_text = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # one of the formats that Excel saves as
    encoding = "utf-16" if is_unicode_text else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise UnreadableInput(
            "The text is not UTF-8", place=Place(called, line), remedy="Save it as CSV UTF-8."
        ) from problem


def _delimiter(header: str) -> str:
    counts = Counter(letter for letter in re.sub('"[^"]*"', "", header) if letter in _DELIMITERS)
    return max(_DELIMITERS, key=lambda one: counts[one])


def _rows(text: str, delimiter: str, title: str, called: str, first: int) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first - 1
    try:
        for number, values in enumerate(reader, start=first):
            if any(_CONTROL.search(value) for value in values):
                raise csv.Error("it holds a control character")
            cells = {
                column: Cell(place(title, number, column), Form.TEXT, value)
                for column, value in enumerate(values, start=1)
                if value.strip()
            }
            if cells:
                yield number, cells
    except csv.Error as problem:
        raise UnreadableInput(
            f"The row after row {number} is no CSV: {problem}", place=Place(called), remedy="Save it as CSV UTF-8."
        ) from problem
