"""The PDF: whole, readable by machines, archivable, and blind to what data would have it do."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.terms import iri
from mcqms_kg.model import CheckReport, Named
from mcqms_kg.report import FORMATS, Format, pdf, pdf_blocks
from mcqms_kg.report.pdf_blocks import laid_out, paragraph
from report.sample import HOSTILE_FINDING, INDUSTRY, REPORT, finding, result

HOSTILE = (
    '#panic("ran") #read("/etc/passwd") #import "@preview/a:1.0.0" $x^2$ *bold* _it_ `raw` @ref <label> [b] '
    '\\u{41} // c /* d */ = heading \\ #sys.inputs #eval("1+1") #{ 1 + 1 } ~ -- --- ... \'a\' "b"'
)


def shown(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def bare(text: str) -> str:
    """The text without blanks: where a line breaks is the page's business."""
    return re.sub(r"\s", "", text)


def about(label: str) -> CheckReport:
    """A report with one finding, about something of that name."""
    hostile = dataclasses.replace(HOSTILE_FINDING, focus=Named(HOSTILE_FINDING.focus.term, {"en": label, "id": label}))
    verdict = dataclasses.replace(REPORT.requirements()[0], findings=(hostile,))
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    return dataclasses.replace(REPORT, clauses=(clause,))


def test_it_is_tagged_archivable_and_dated_with_the_check() -> None:
    read = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(REPORT, "id")))
    catalogue: Any = read.root_object
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "id" and "/StructTreeRoot" in catalogue
    xmp = catalogue["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert read.metadata and read.metadata.creation_date and read.metadata.creation_date.date() == REPORT.as_of
    assert read.outline and read.metadata.title == "Laporan pemeriksaan: Sistem Manajemen Mutu Mikro-Kredensial"


@pytest.mark.parametrize("language", ["en", "id"])
def test_everything_that_counts_is_there(language: str) -> None:
    told = bare(shown(FORMATS["pdf"].write(REPORT, language)))
    for found in (*REPORT.findings(), *(w.finding for w in REPORT.waived())):
        assert found.id in told and bare(found.found[language]) in told
    for verdict in REPORT.requirements():
        assert bare(f"{verdict.requirement.notation} {verdict.requirement.label[language]}") in told
    assert REPORT.rulebook_digest in told and REPORT.checked[0].sha256 in told and "mc:hasValidatoin" in told


def test_nothing_in_data_is_markup_or_runs() -> None:
    assert bare(HOSTILE) in bare(shown(FORMATS["pdf"].write(about(HOSTILE), "en")))


@settings(max_examples=30)
@given(st.text(st.sampled_from("#[]{}$*_`@<>\\/=~-\"'()u41. \n"), min_size=1, max_size=60))
def test_no_text_is_markup(text: str) -> None:
    made = laid_out([paragraph(f"begin{text}end")], title="t", footer="f", language="en", day=REPORT.as_of)
    assert bare(f"begin{text}end") in bare(shown(made))


def test_long_words_stay_on_the_page_and_stay_whole() -> None:
    word = "https://example.org/" + "a" * 300 + "/b?c=d#e"
    read = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(about(word), "en")))
    assert word in bare(" ".join(page.extract_text() for page in read.pages))
    right = float(read.pages[0].mediabox.right)
    ends: list[float] = []

    def seen(text: str, _: object, matrix: list[float], *__: object) -> None:
        if "aaaa" in text:
            ends.append(matrix[4])

    for page in read.pages:
        page.extract_text(visitor_text=seen)
    assert ends and max(ends) < right / 2  # the column is the first of four


def test_a_character_that_no_font_draws_is_told_by_its_number() -> None:
    told = bare(shown(FORMATS["pdf"].write(about("Kursus 漢字 🙂"), "en")))
    assert "Kursus[U+6F22][U+5B57][U+1F642]" in told


def test_a_text_without_end_is_cut_and_says_so() -> None:
    told = bare(shown(FORMATS["pdf"].write(about("ab " * 100_000), "en")))
    assert re.search(r"…\[\+\d{6}\]", told)


def test_past_what_paper_holds_it_says_how_many_more_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_LISTED", 10)
    many = tuple(finding(f"{n:016x}", INDUSTRY, result("8.1d-Many", iri(f"http://e/{n}")), "") for n in range(50))
    verdict = dataclasses.replace(REPORT.requirements()[0], findings=many)
    clause = dataclasses.replace(REPORT.clauses[0], requirements=(verdict,), children=())
    told = shown(FORMATS["pdf"].write(dataclasses.replace(REPORT, clauses=(clause,)), "en"))
    assert "… and 40 more of the same rule" in told and f"{9:016x}" in told and f"{10:016x}" not in told


def test_what_cannot_be_made_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.typ").write_text("#panic()")
    monkeypatch.setattr(pdf_blocks, "TEMPLATE", tmp_path / "broken.typ")
    with pytest.raises(Unsupported, match="The PDF cannot be made"):
        FORMATS["pdf"].write(REPORT, "en")


@pytest.mark.parametrize("extra", ["pdf", "xlsx"])
def test_a_package_that_is_not_there_is_named_with_the_line_that_helps(extra: str) -> None:
    chosen = FORMATS[extra]
    without: Format[CheckReport] = Format(
        chosen.name, chosen.ending, chosen.media_type, "no_module", is_text=False, needs="no_such"
    )
    with pytest.raises(Unsupported, match=rf"needs the package no_such.*pip install 'mcqms-kg\[{extra}\]'"):
        without.write(REPORT, "en")


def test_no_package_is_needed_before_a_pdf_or_workbook_is_written() -> None:
    code = "import sys, mcqms_kg.report, mcqms_kg.cli.check; print({'typst', 'xlsxwriter'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
