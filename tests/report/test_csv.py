"""The table has a row a finding and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io

import pytest

from mcqms_kg.report import csv as csv_format
from report.sample import REPORT

ROWS = {row["id"]: row for row in csv.DictReader(io.StringIO(csv_format.write(REPORT, "en"), newline=""))}


def test_every_finding_has_a_row_with_its_status() -> None:
    assert set(ROWS) == {f.id for f in REPORT.findings()} | {w.finding.id for w in REPORT.waived()}
    assert {id_ for id_, row in ROWS.items() if row["status"] == "waived"} == {"00000000000000dd"}


def test_a_row_says_who_what_and_where() -> None:
    row = ROWS["00000000000000cc"]
    assert (row["clause"], row["requirement"], row["requirement_verdict"]) == ("10", "10.2b", "nonconformant")
    assert (row["grade"], row["provider"], row["focus_label"]) == ("opportunity", "Harbour Polytechnic", "Review 2026")
    assert (row["found"], row["expected"]) == ("Found for 00000000000000cc.", "Expected by 10.2b.")
    assert (row["remedy"], row["file"], row["line"]) == ("Remedy of 10.2b.", "data/credentials & more.ttl", "5")
    assert ROWS["00000000000000dd"]["requirement_verdict"] == "waived"
    assert ROWS["00000000000000bb"]["focus"] == "_:c14n0"
    assert ROWS["00000000000000bb"]["line"] == ""


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_what_a_spreadsheet_would_run_starts_with_an_apostrophe(cell: str) -> None:
    assert csv_format.harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["", "8.1d", "1-2", "https://example.org/=x", "12"])
def test_other_cells_are_left_as_they_are(cell: str) -> None:
    assert csv_format.harmless(cell) == cell


def test_a_hostile_value_is_harmless() -> None:
    assert ROWS["00000000000000aa"]["value"] == "'=cmd|' /C calc'!A0"
