"""A workbook that another program has opened and saved says the same: LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from interop.test_workbook_marking import decorated
from interop.test_workbook_round_trip import story
from interop.workbooks import exported, kept, read
from mcqms_kg import operations

OFFICE = shutil.which("soffice") or ""
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")]


def saved_again(path: Path, ending: str, home: Path) -> Path:
    """The file as LibreOffice saves it."""
    out = home / "saved"
    profile = f"-env:UserInstallation=file://{home / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", ending, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return out / path.with_suffix("." + ending.partition(":")[0]).name


def test_a_workbook_that_was_saved_by_it_says_the_same(tmp_path: Path) -> None:
    path = kept(exported(story("polytechnic-networks")), tmp_path / "made")
    saved = read(saved_again(path, "xlsx", tmp_path))
    assert {stated.triple for stated in saved.stated} == story("polytechnic-networks")
    assert saved.losses == ()


def test_a_template_keeps_its_lists(tmp_path: Path) -> None:
    path = kept(operations.new_workbook(language="id"), tmp_path / "made")
    sheet = openpyxl.load_workbook(saved_again(path, "xlsx", tmp_path))["Risiko"]
    assert any("Daftar" in str(rule.formula1) for rule in sheet.data_validations.dataValidation)
    assert "6.1a" in sheet["D1"].comment.text


def test_it_opens_a_marked_workbook_with_its_comments(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(decorated())
    report = operations.check([tmp_path / "book.xlsx"], as_of="2026-06-30")
    operations.annotate(tmp_path / "book.xlsx", tmp_path / "marked.xlsx", report)
    saved = openpyxl.load_workbook(saved_again(tmp_path / "marked.xlsx", "xlsx", tmp_path))
    assert "must have a public web page" in str(
        [c.comment.text for row in saved["Micro-credentials"].iter_rows() for c in row if c.comment]
    )
    assert "Ask Rina about this one" in saved["Risks"]["A2"].comment.text
