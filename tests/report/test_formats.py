"""What holds of every format: it is in the table, gives the same bytes twice, and speaks both languages."""

from __future__ import annotations

import dataclasses

import pytest

from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from report.sample import MANY_ALIKE, REPORT, VALIDATION

SAME_IN_EVERY_LANGUAGE = {"turtle"}


def test_the_tables_hold_the_promised_formats() -> None:
    assert set(FORMATS) == {"text", "json", "turtle", "html", "csv", "sarif", "junit"}
    assert set(VALIDATION_FORMATS) == {"text", "json", "turtle"}
    assert all(name == f.name and f.ending.startswith(".") for name, f in FORMATS.items())


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    copy = dataclasses.replace(REPORT, clauses=tuple(REPORT.clauses), checked=tuple(REPORT.checked))
    first = FORMATS[name].write(REPORT, "en").encode("utf-8")
    assert first == FORMATS[name].write(copy, "en").encode("utf-8")
    assert first.endswith(b"\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_language_is_the_one_asked_for(name: str) -> None:
    english, indonesian = (FORMATS[name].write(REPORT, language) for language in ("en", "id"))
    if name in SAME_IN_EVERY_LANGUAGE:
        assert english == indonesian
    else:
        assert "Found for 00000000000000cc." in english and "Ditemukan untuk" not in english
        assert "Ditemukan untuk 00000000000000cc." in indonesian and "Found for" not in indonesian


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"text"}))
def test_every_finding_is_there_even_where_many_are_alike(name: str) -> None:
    written = FORMATS[name].write(REPORT, "en")
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
