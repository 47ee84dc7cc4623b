"""Workbooks from the command line, as a quality officer uses them: a template, filled, checked, marked, kept and written again."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from cli.test_datasets import mcqms
from interop import officer, officer_credentials
from interop.workbooks import book
from mcqms_kg import resources

AS_OF = ("--as-of", "2026-06-30")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("officer")
    assert mcqms("workbook", "new", "--base", "https://sari.example/", cwd=home).returncode == 0
    officer.fill(
        home / "book.xlsx",
        officer.provider(),
        officer.planning(),
        officer_credentials.credentials(),
        officer_credentials.evaluation(),
    )
    return home


def test_a_filled_template_is_conformant(filled: Path) -> None:
    done = mcqms("check", "book.xlsx", *AS_OF, "--format", "json", cwd=filled)
    report = json.loads(done.stdout)
    open_ = [r["id"] for c in report["clauses"] for r in c.get("requirements", ()) if r["verdict"] == "not checked"]
    assert (done.returncode, report["verdict"]) == (0, "conformant"), (done.stderr, open_)


def test_the_same_as_csv_is_checked_alike(filled: Path) -> None:
    done = mcqms("export", "--from", "book.xlsx", "--to", "workbook", "--option", "csv=yes", "-o", "sheets", cwd=filled)
    assert done.returncode == 0, done.stderr
    assert mcqms("check", "sheets", *AS_OF, cwd=filled).returncode == 0
    assert mcqms("check", *sorted((filled / "sheets").glob("*.csv")), *AS_OF, cwd=filled).returncode == 0


def test_what_is_missing_is_marked_where_it_belongs(tmp_path: Path) -> None:
    mcqms("workbook", "new", cwd=tmp_path)
    officer.fill(tmp_path / "book.xlsx", officer.provider())
    done = mcqms("check", "book.xlsx", *AS_OF, "--annotate", "marked.xlsx", cwd=tmp_path)
    assert done.returncode == 1 and b"marked.xlsx: " in done.stderr and b"about no cell" not in done.stderr
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert "risk that industry does not recognise" in marked["Risks"]["A1"].comment.text
    assert "must have been trained" in marked["People"]["A3"].comment.text
    assert "Nothing is known, so it was not checked." in marked["Awards"]["A1"].comment.text


def test_a_finding_names_its_cell_in_every_kind_of_report(tmp_path: Path) -> None:
    mcqms("workbook", "new", cwd=tmp_path)
    officer.fill(tmp_path / "book.xlsx", officer.provider())
    text = mcqms("check", "book.xlsx", *AS_OF, cwd=tmp_path).stdout.decode()
    assert "People!A3" in text
    assert ",book.xlsx,,People!A3" in mcqms("check", "book.xlsx", *AS_OF, "-f", "csv", cwd=tmp_path).stdout.decode()
    found = json.loads(mcqms("check", "book.xlsx", *AS_OF, "-f", "json", cwd=tmp_path).stdout)
    assert any("People!A3" in json.dumps(one) for one in found["findings"])
    mcqms("init", cwd=tmp_path)
    mcqms("import", "book.xlsx", "--dataset", "sari", cwd=tmp_path)
    kept = json.loads(mcqms("check", "--dataset", "sari", *AS_OF, "-f", "json", cwd=tmp_path).stdout)
    assert any("People!A3" in json.dumps(one) for one in kept["findings"]), "a dataset names its cells too"
    assert [(c["name"], c["sha256"]) for c in kept["checked"]] == [(c["name"], c["sha256"]) for c in found["checked"]]


def test_cells_that_cannot_be_read_are_told_at_once_and_marked(tmp_path: Path) -> None:
    book(tmp_path / "book.xlsx", {"Risks": [["ID", "Likelihood", "Impact"], ["R-1", "often", "=1"], ["R-1", 1, 1]]})
    done = mcqms("check", "book.xlsx", "--annotate", "marked.xlsx", "--lang", "id", cwd=tmp_path)
    told = done.stderr.decode()
    assert done.returncode == 2 and "3 sel tidak dapat dibaca." in told
    assert all(f"Risks!{cell}: " in told for cell in ("A3", "B2", "C2")) and "bukan bilangan" in told
    english = mcqms("check", "book.xlsx", cwd=tmp_path).stderr.decode()
    assert "3 cells cannot be read." in english and "is not a number" in english
    assert "bukan bilangan" in openpyxl.load_workbook(tmp_path / "marked.xlsx")["Risks"]["B2"].comment.text


def test_a_workbook_is_kept_beside_what_it_says(filled: Path) -> None:
    assert mcqms("init", cwd=filled).returncode == 0
    done = mcqms("import", "book.xlsx", "--dataset", "sari", cwd=filled)
    assert done.returncode == 0 and b"2 files" in done.stdout, done.stderr
    assert mcqms("check", "--dataset", "sari", *AS_OF, cwd=filled).returncode == 0
    assert mcqms("export", "sari", "-o", "back", cwd=filled).returncode == 0
    assert (filled / "back" / "book.xlsx").read_bytes() == (filled / "book.xlsx").read_bytes()


def test_a_template_in_indonesian_and_as_csv(tmp_path: Path) -> None:
    assert mcqms("workbook", "new", "--lang", "id", "-o", "buku.xlsx", cwd=tmp_path).returncode == 0
    made = openpyxl.load_workbook(tmp_path / "buku.xlsx")
    assert made.sheetnames[0] == "Baca dulu" and "Mikro-kredensial" in made.sheetnames
    sheet = made["Risiko"]
    assert (sheet["B1"].value, sheet["D1"].value, sheet.freeze_panes) == ("Nama (en)", "Jenis risiko", "B2")
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert any(where.startswith("D2") and "Daftar" in formula for where, formula in rules.items())
    assert "6.1a" in sheet["D1"].comment.text
    assert mcqms("workbook", "new", "--csv", "folder", cwd=tmp_path).returncode == 0
    assert (tmp_path / "folder" / "Risks.csv").read_bytes().startswith(b"\xef\xbb\xbfID,Name (en)")
    for again in (("-o", "buku.xlsx"), ("--csv", "folder"), ("--csv", "a", "-o", "b.xlsx"), ("--base", "no address")):
        assert mcqms("workbook", "new", *again, cwd=tmp_path).returncode == 2


def test_one_workbook_is_marked_at_a_time(tmp_path: Path) -> None:
    story = resources.root() / "data" / "polytechnic-networks" / "organisation.ttl"
    done = mcqms("check", story, "--annotate", "marked.xlsx", *AS_OF, cwd=tmp_path)
    assert done.returncode == 2 and b"Only an XLSX workbook can be marked" in done.stderr
