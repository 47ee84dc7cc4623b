"""Workbooks over HTTP: sent as a document or in a form, checked, kept, and given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from interop.test_workbook_round_trip import story
from interop.workbooks import exported, inline, package, raw
from service.served import Api, served, story_workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with served(story_workspace(tmp_path_factory.mktemp("workbooks"))) as client:
        yield client


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return exported(story("flawed-provider")).files["workbook.xlsx"]


def test_a_workbook_is_checked_as_a_document_and_in_a_form(api: Api, workbook: bytes) -> None:
    asked = {"as_of": "2026-06-30"}
    form = api.post("/checks", files=[("data", ("book.xlsx", workbook, XLSX))], data=asked)
    assert form.status_code == 200, form.text
    places = {place["at"] for finding in form.json()["findings"] for place in finding["places"]}
    assert any(at.startswith("Risks!") for at in places) and any(at.startswith("Micro-credentials!") for at in places)
    alone = api.post("/checks", content=workbook, headers={"content-type": XLSX})
    assert alone.status_code == 200 and alone.json()["findings"]


def test_csv_files_that_are_sent_together_are_one_workbook(api: Api) -> None:
    files = exported(story("polytechnic-networks"), csv=True).files
    sent = [("data", (name, content, "text/csv")) for name, content in files.items()]
    found = api.post("/checks", files=sent, data={"as_of": "2026-06-30", "profile": "mcqms-vocational"})
    assert found.status_code == 200, found.text
    assert found.json()["verdict"] == "conformant"


def test_cells_that_cannot_be_read_are_a_problem_that_names_them(api: Api, tmp_path: Path) -> None:
    rows = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}</row><row r="2">{inline("A2", "R")}{inline("B2", "often")}</row>'
    content = package(tmp_path / "book.xlsx", raw(rows)).read_bytes()
    found = api.post("/checks", content=content, headers={"content-type": XLSX})
    assert found.status_code == 400 and "Risks!B2: 'often' is not a number." in found.text


def test_a_workbook_is_kept_as_a_dataset_and_given_back(api: Api, workbook: bytes) -> None:
    made = api.put("/datasets/officer", files=[("data", ("book.xlsx", workbook, XLSX))])
    assert made.status_code == 201, made.text
    assert api.get("/datasets/officer/versions/1/files/book.xlsx").content == workbook
    again = api.put("/datasets/officer", files=[("data", ("book.xlsx", workbook, XLSX))])
    assert again.status_code == 200


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"], ids=["cut", "empty", "old"]
)
def test_what_is_no_workbook_is_a_problem(content: bytes, api: Api) -> None:
    found = api.post("/checks", content=content, headers={"content-type": XLSX})
    assert found.status_code in (400, 422) and found.headers["content-type"].startswith("application/problem+json")


def test_the_page_of_a_finding_shows_the_row_of_its_cell(api: Api, workbook: bytes) -> None:
    api.put("/datasets/marked", files=[("data", ("book.xlsx", workbook, XLSX))])
    report = api.post("/datasets/marked/checks", json={"as_of": "2026-06-30"}).json()
    finding = next(f for f in report["findings"] if any(p["at"] == "Waivers!L2" for p in f["places"]))
    page = api.get(f"/finding/{finding['id']}", headers={"accept": "text/html"})
    assert "<mark>2026-03-31</mark>" in page.text and "Expiry date" in page.text and "Sheet “Waivers”" in page.text
