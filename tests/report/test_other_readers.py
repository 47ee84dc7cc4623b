"""Reports as programs of others read them: LibreOffice opens the workbook, qpdf and Poppler the PDF, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from mcqms_kg.report import FORMATS
from report.sample import REPORT

pytestmark = pytest.mark.slow


def run(*command: str | Path) -> str:
    """What a program says; where it is not installed the test is skipped."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, timeout=600)
    return done.stdout


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_workbook_that_another_program_saved_has_the_same_cells(language: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(FORMATS["xlsx"].write(REPORT, language))
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    run("soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", tmp_path / "saved", path)
    ours, theirs = (openpyxl.load_workbook(file) for file in (path, tmp_path / "saved" / "report.xlsx"))
    assert ours.sheetnames == theirs.sheetnames
    for sheet in ours:
        cells = {cell.coordinate: cell.value for row in sheet for cell in row if cell.value not in (None, "")}
        saved = theirs[sheet.title]
        assert cells == {at: saved[at].value for at in cells}, sheet.title
        assert saved.auto_filter.ref == sheet.auto_filter.ref


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_pdf_is_sound_tagged_and_can_be_read_out(language: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(FORMATS["pdf"].write(REPORT, language))
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    told = run("pdfinfo", path)
    assert "Tagged:          yes" in told and "JavaScript:      no" in told and "Encrypted:       no" in told
    fonts = run("pdffonts", path).splitlines()[2:]
    assert fonts and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, in part, with text
    text = run("pdftotext", path, "-")
    assert f"{REPORT.score.numerator}" in text and all(f.id in text for f in REPORT.findings()[:5])
