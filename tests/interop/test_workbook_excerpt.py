"""What stands around a cell, in a workbook and in a CSV file, as it was handed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from interop.test_workbook_round_trip import story
from interop.workbooks import exported, inline, package, raw
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.interop.workbook.excerpt import cell_excerpt


def test_the_cell_stands_in_its_row_with_heading_and_id(tmp_path: Path) -> None:
    book = tmp_path / "0f3a"  # as the workspace keeps it: without an ending
    book.write_bytes(exported(story("flawed-provider")).files["workbook.xlsx"])
    found = cell_excerpt(book, "book.xlsx", "Waivers!L2")
    assert found and (found.row, found.column) == (2, "L")
    rows = dict(found.rows)
    assert found.columns[0] == "A" and rows[1][0] == "ID"
    at = found.columns.index("L")
    assert (rows[2][at] == "2026-03-31" and "end" in rows[1][at].lower()) or "expiry" in rows[1][at].lower()


def test_far_below_only_the_neighbours_are_shown(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}">{inline(f"A{n}", f"R{n}")}{inline(f"B{n}", f"v{n}")}</row>' for n in range(1, 60))
    book = package(tmp_path / "book.xlsx", raw(rows))
    found = cell_excerpt(book, "book.xlsx", "Risks!B40")
    assert found and [number for number, _ in found.rows] == [1, 38, 39, 40, 41, 42]
    assert dict(found.rows)[40] == ("R40", "v40")


def test_a_row_of_csv_is_counted_as_the_reader_counts(tmp_path: Path) -> None:
    file = tmp_path / "77aa"
    file.write_text('sep=;\nID;Note\nR1;"two\nlines"\nR2;here\n')
    found = cell_excerpt(file, "Risks.csv", "Risks!B4")
    assert found and dict(found.rows)[4] == ("R2", "here")


@pytest.mark.parametrize("at", ["/members/0", "Nowhere!A1", "Risks!1A", ""])
def test_what_is_no_cell_shows_nothing(tmp_path: Path, at: str) -> None:
    book = package(tmp_path / "book.xlsx", raw(f'<row r="1">{inline("A1", "ID")}</row>'))
    assert cell_excerpt(book, "book.xlsx", at) is None


def test_bytes_that_are_no_workbook_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "00ff"
    file.write_bytes(b"PK\x03\x04")
    with pytest.raises(UnreadableInput):
        cell_excerpt(file, "book.xlsx", "Risks!B2")
