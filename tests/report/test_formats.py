"""What holds of every format: it is in the table, gives the same bytes twice, and speaks both languages."""

from __future__ import annotations

import dataclasses
import io
import re

import openpyxl
import pypdf
import pytest

from mcqms_kg.model import GradeCounts, Loss, Named, ProviderVerdict, Score, Term, Verdict
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from report.sample import MANY_ALIKE, REPORT, VALIDATION

SAME_IN_EVERY_LANGUAGE = {"turtle", "earl"}
TEXTS = sorted(name for name, known in FORMATS.items() if known.is_text)


def read(name: str, content: bytes) -> str:
    """What somebody reads in a report: of a PDF or a workbook its texts, without blanks that come from the page."""
    if name == "pdf":
        pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        return re.sub(r"\s+", " ", " ".join(pages))
    if name == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return content.decode()


def test_the_tables_hold_the_promised_formats() -> None:
    promised = {"text", "json", "turtle", "html", "csv", "sarif", "junit", "pdf", "xlsx", "earl", "oscal"}
    assert set(FORMATS) == promised
    assert set(VALIDATION_FORMATS) == {"text", "json", "turtle", "xlsx", "earl"}
    for table in (FORMATS, VALIDATION_FORMATS):
        assert all(name == f.name and f.ending.startswith(".") for name, f in table.items())
        assert len({f.ending for f in table.values()}) == len({f.media_type for f in table.values()}) == len(table)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    copy = dataclasses.replace(REPORT, clauses=tuple(REPORT.clauses), checked=tuple(REPORT.checked))
    assert FORMATS[name].write(REPORT, "en") == FORMATS[name].write(copy, "en")


@pytest.mark.parametrize("name", TEXTS)
def test_texts_end_with_a_line(name: str) -> None:
    assert FORMATS[name].write(REPORT, "en").endswith(b"\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_language_is_the_one_asked_for(name: str) -> None:
    english, indonesian = (read(name, FORMATS[name].write(REPORT, language)) for language in ("en", "id"))
    if name in SAME_IN_EVERY_LANGUAGE:
        assert english == indonesian
    else:
        assert "Found for 00000000000000cc." in english and "Ditemukan untuk" not in english
        assert "Ditemukan untuk 00000000000000cc." in indonesian and "Found for" not in indonesian


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"text"}))
def test_every_finding_is_there_even_where_many_are_alike(name: str) -> None:
    written = read(name, FORMATS[name].write(REPORT, "en"))
    assert all(f.id in written for f in MANY_ALIKE)


@pytest.mark.parametrize("name", VALIDATION_FORMATS)
def test_the_same_validation_report_gives_the_same_bytes(name: str) -> None:
    turned = dataclasses.replace(
        VALIDATION,
        results=VALIDATION.results[::-1],
        focus_nodes=dict(reversed(list(VALIDATION.focus_nodes.items()))),
    )
    write = VALIDATION_FORMATS[name].write
    assert write(VALIDATION, "en") == write(turned, "en")


@pytest.mark.parametrize("name", ["pdf", "xlsx", "earl", "oscal"])
def test_what_was_not_taken_over_is_told(name: str) -> None:
    loss = Loss("Units!B7", {"en": "A colour", "id": "Warna"}, "red")
    coverage = dataclasses.replace(REPORT.coverage, not_taken_over=(loss,))
    told, before = (
        read(name, FORMATS[name].write(dataclasses.replace(REPORT, coverage=c), "en"))
        for c in (coverage, REPORT.coverage)
    )
    expected = {"pdf": "Units!B7 A colour red", "xlsx": "Units!B7", "oscal": "not-taken-over"}
    words = expected.get(name, "What was not taken over from files of other formats: 1.")
    assert words in told and words not in before


@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_each_of_several_providers_is_told(name: str) -> None:
    counts = GradeCounts(major=2, minor=1)
    providers = tuple(
        ProviderVerdict(
            Named(Term(f"<http://e/{n}>"), {"en": n}), verdict, Score(3, 1, 0, 0, 0), counts, (), 4, (), (), ()
        )
        for n, verdict in (("First school", Verdict.CONFORMANT), ("Second school", Verdict.NONCONFORMANT))
    )
    told = read(name, FORMATS[name].write(dataclasses.replace(REPORT, providers=providers), "en"))
    assert "First school" in told and "Second school" in told and "3 of 4 (75.0%)" in told
    alone = read(name, FORMATS[name].write(dataclasses.replace(REPORT, providers=providers[:1]), "en"))
    assert "First school" not in alone
