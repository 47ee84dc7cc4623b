"""The rows of a workbook around one cell, as they stand there: for whoever has to put the cell right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.interop.workbook.csv_in import ENDING, read_sheet
from mcqms_kg.interop.workbook.grid import Grid, letters
from mcqms_kg.interop.workbook.xlsx_in import read_xlsx

ROWS, COLUMNS, LONGEST = 2, 4, 300
"""How many rows and columns are shown on each side of the cell, and how many characters of a text."""
_AT = re.compile(r"(?P<sheet>.+)!(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})")
_HEADING, _ID = 1, 1


@dataclass(frozen=True)
class CellExcerpt:
    """A part of a sheet: letters of columns, rows by number with a text for each column, and where the cell is.

    The heading and the first column, which tells records apart, are always there.
    """

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    row: int
    column: str


def cell_excerpt(path: Path, name: str, at: str) -> CellExcerpt | None:
    """What stands around a cell such as `Units!B7` of a workbook that was handed in under a name; nothing where there is no such cell."""
    match = _AT.fullmatch(at)
    if not match:
        return None
    is_csv = name.lower().endswith(ENDING)
    grids = (read_sheet(path, name, match["sheet"]),) if is_csv else read_xlsx(path, name).grids
    grid = next((one for one in grids if one.title == match["sheet"]), None)
    return _part(grid, int(match["row"]), _number(match["column"])) if grid else None


def _part(grid: Grid, row: int, column: int) -> CellExcerpt:
    last = max((max(cells) for cells in grid.rows.values()), default=column)
    shown = list(range(max(1, column - COLUMNS), min(max(last, column), column + COLUMNS) + 1))
    columns = [_ID, *shown] if _ID not in shown else shown
    near = range(max(1, row - ROWS), row + ROWS + 1)
    numbers = [_HEADING, *near] if _HEADING not in near else list(near)
    rows = tuple((n, tuple(_text(grid, n, c) for c in columns)) for n in numbers if n in grid.rows or n == row)
    return CellExcerpt(grid.title, tuple(map(letters, columns)), rows, row, letters(column))


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.rows.get(row, {}).get(column)
    return cell.text[:LONGEST] if cell else ""


def _number(column: str) -> int:
    found = 0
    for letter in column:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found
