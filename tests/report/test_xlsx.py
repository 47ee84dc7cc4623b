"""The workbook: seven sheets to filter and to follow, numbers as numbers, and no cell that runs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.terms import literal
from mcqms_kg.model import Named, Score
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS, xlsx_tables
from mcqms_kg.report.xlsx_tables import Link, Sheet, text, written
from report.sample import ADVICE, BLANK_FINDING, HOSTILE_FINDING, REPORT, VALIDATION, result

RUNS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://e/")', " =cmd|' /C calc'!A0", "\r=1")


def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Summary", "Clauses", "Requirements", "Findings", "Coverage", "Not understood", "Sources"]),
        ("id", ["Ringkasan", "Klausul", "Persyaratan", "Temuan", "Cakupan pemeriksaan", "Tidak dipahami", "Sumber"]),
    ],
)
def test_the_sheets(language: str, names: list[str]) -> None:
    assert book(FORMATS["xlsx"].write(REPORT, language)).sheetnames == names


def test_findings_can_be_filtered_followed_and_planned() -> None:
    found = book(FORMATS["xlsx"].write(REPORT, "en"))
    sheet = found["Findings"]
    assert sheet.auto_filter.ref == f"A1:P{sheet.max_row}" and sheet.freeze_panes == "A2"
    told = rows(sheet)
    assert len(told) == len(REPORT.findings()) + len(REPORT.waived())
    waived = [row for row in told if row["Status"] == "waived"]
    assert [(row["By when"], row["Responsible"]) for row in waived] == [(dt.datetime(2026, 12, 31), "The director")]
    first = next(row for row in told if row["Finding"] == ADVICE.id)
    assert (first["Place"], first["How to put it right"]) == ("data/credentials & more.ttl:5:3", "Remedy of 10.2b.")
    for row in sheet.iter_rows(min_row=2):
        leads = row[2].hyperlink.location
        target = found["Requirements"][leads.split("!")[1]]
        assert target.value == row[2].value


def test_requirements_lead_to_their_first_finding_and_counts_are_numbers() -> None:
    found = book(FORMATS["xlsx"].write(REPORT, "en"))
    for row in found["Requirements"].iter_rows(min_row=2):
        assert isinstance(row[4].value, int)
        if row[4].value:
            line = int(row[4].hyperlink.location.split("!A")[1])
            assert found["Findings"].cell(line, 3).value == row[0].value
            assert found["Findings"].cell(line - 1, 3).value != row[0].value


@pytest.mark.parametrize("runs", RUNS, ids=range(len(RUNS)))
def test_no_cell_runs(runs: str) -> None:
    hostile = dataclasses.replace(
        HOSTILE_FINDING, focus=Named(HOSTILE_FINDING.focus.term, {"en": runs}), found={"en": runs}, id=runs
    )
    verdict = dataclasses.replace(REPORT.requirements()[0], findings=(hostile,), reason={"en": runs})
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    content = FORMATS["xlsx"].write(dataclasses.replace(REPORT, clauses=(clause,), profile=runs, engine=runs), "en")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not any(b"<f" in parts.read(n) for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
    for sheet in book(content):
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            assert cell.data_type != "f" and not cell.value.lstrip().startswith(("=", "+", "-", "@")), cell.value


def test_only_web_addresses_are_links() -> None:
    sheet = book(FORMATS["xlsx"].write(REPORT, "en"))["Findings"]
    links = {row[6].value: row[6].hyperlink for row in sheet.iter_rows(min_row=2)}
    assert links["javascript:alert(document.cookie)//<svg onload=x>"] is None
    assert links["https://example.org/story/mc1"].target == "https://example.org/story/mc1"
    assert links[BLANK_FINDING.focus.term] is None


def test_a_text_that_is_too_long_for_a_cell_says_that_it_is_cut() -> None:
    assert text("x" * 32_767) == "x" * 32_767
    assert text("x" * 40_000) == "x" * 32_766 + "…"
    assert text("🙂" * 20_000).endswith("🙂…")
    long = dataclasses.replace(ADVICE, result=result("10.2b-Review", ADVICE.focus.term, value=literal("y" * 50_000)))
    verdict = dataclasses.replace(REPORT.requirements()[0], findings=(long,))
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    sheet = book(FORMATS["xlsx"].write(dataclasses.replace(REPORT, clauses=(clause,)), "en"))["Findings"]
    assert sheet["O2"].value.endswith("y…")


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_tables, "MOST_ROWS", 2)
    with pytest.raises(Unsupported, match=r"the table 'T' has 3\. Write the report as csv or json"):
        written([Sheet("T", [("a", 5)], [["x"]] * 3)], "t", dt.date(2026, 1, 1))


def test_with_very_many_links_the_texts_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_tables, "_MOST_LINKS", 2)
    content = written([Sheet("T", [("a", 5)], [[Link("x", "http://e/")]] * 4)], "t", dt.date(2026, 1, 1))
    cells = [row[0] for row in book(content)["T"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["x"] * 4 and [bool(cell.hyperlink) for cell in cells] == [1, 1, 0, 0]


def test_a_clause_of_which_nothing_counts_has_no_score() -> None:
    clause = dataclasses.replace(REPORT.clauses[0], score=Score(0, 0, 0, 2, 0), children=())
    sheet = book(FORMATS["xlsx"].write(dataclasses.replace(REPORT, clauses=(clause,)), "en"))["Clauses"]
    assert sheet["D2"].value is None


def test_a_validation() -> None:
    found = book(VALIDATION_FORMATS["xlsx"].write(VALIDATION, "en"))
    assert found.sheetnames == ["Summary", "Results", "Shapes"]
    assert len(rows(found["Results"])) == len(VALIDATION.results)
    assert found["Summary"]["B1"].value == "The data does not conform to the shapes."
