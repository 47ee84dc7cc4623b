"""Every row of the table of standards has its tests and its line in the guide, and what it says of itself holds."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from interop.official import artefact
from mcqms_kg import operations
from mcqms_kg.errors import UnreadableInput, Unsupported
from mcqms_kg.interop.ctdl.terms import TERMS, ctid_of
from mcqms_kg.interop.standards import STANDARDS

ROOT = Path(__file__).resolve().parents[2]
ROUND_TRIPS = {
    "workbook": "workbook",
    "openbadges": "openbadges",
    "elm": "elm",
    "ctdl": "test_catalogues",
    "case": "test_catalogues",
    "schemaorg": "test_catalogues",
    "skos": "test_skos",
}
"""Those that are read and written, and the tests that take them there and back."""


@pytest.mark.parametrize("name", STANDARDS)
def test_a_row(name: str) -> None:
    standard = STANDARDS[name]
    if standard.module:
        module = import_module(f"mcqms_kg.interop.{standard.module}")
        assert standard.reads == hasattr(module, "read")
        assert standard.writes == hasattr(module, "write")
    assert standard.reads or standard.unread
    assert standard.writes or standard.unwritten
    assert set(standard.title) == {"en", "id"}
    assert f"`{name}`" in (ROOT / "docs" / "guides" / "exchange.md").read_text("utf-8")
    assert not standard.profile or standard.profile in {profile.name for profile in operations.profiles()}
    assert name in {*ROUND_TRIPS} or not (standard.reads and standard.writes)


@pytest.mark.parametrize("name", STANDARDS)
def test_what_is_not_read_or_written_is_refused_by_name(name: str, tmp_path: Path) -> None:
    given = tmp_path / "a.nt"
    given.write_text("<urn:a> <urn:b> <urn:c> .\n")
    if not STANDARDS[name].reads:
        with pytest.raises(Unsupported, match=f"{name} cannot be read") as refused:
            operations.check([given], standard=name)
        assert refused.value.remedy == STANDARDS[name].unread
    if not STANDARDS[name].writes:
        with pytest.raises(Unsupported, match=f"{name} cannot be written") as refused:
            operations.export_to(operations.ExportRequest(name, [given]))
        assert refused.value.remedy == STANDARDS[name].unwritten


XML = """<?xml version="1.0"?>
<Courses xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://data.europa.eu/snb/model/ap/loq-constraints/"
 xsdVersion="3.1.0"/>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:elm="http://data.europa.eu/snb/model/elm/">
<rdf:Description rdf:about="http://data.europa.eu/snb/model/ap/loq-constraints/"><elm:a>b</elm:a></rdf:Description></rdf:RDF>"""


def test_xml_of_others_is_refused_by_name_and_rdf_is_not(tmp_path: Path) -> None:
    (tmp_path / "courses.xml").write_text(XML)
    with pytest.raises(Unsupported, match="XML binding http"):
        operations.check([tmp_path / "courses.xml"])
    (tmp_path / "rdf.xml").write_text(RDF)
    assert operations.export_to(operations.ExportRequest("nt", [tmp_path / "rdf.xml"])).files


@pytest.mark.parametrize("ending", ["csv", "png", "svg", "html", "jwt"])
def test_a_file_that_holds_nothing_of_what_its_ending_promises(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"a.{ending}").write_text("Course;Hours\nData;2\n")
    with pytest.raises(UnreadableInput, match=f"read of .{ending} files"):
        operations.check([tmp_path / f"a.{ending}"])
    (tmp_path / "b.nt").write_text("<urn:a> <urn:b> <urn:c> .\n")
    assert (
        len(operations.export_to(operations.ExportRequest("nt", [tmp_path])).files) == 1
    )  # in a folder it is passed over


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_what_is_read_and_written_goes_there_and_back(name: str) -> None:
    assert any(ROUND_TRIPS[name] in str(path) for path in (ROOT / "tests" / "interop").rglob("*.py"))
    assert STANDARDS[name].reads and STANDARDS[name].writes


def test_our_terms_of_ctdl_are_the_official_ones() -> None:
    official = artefact("ctdl/ctdl-context.json")["@context"]
    assert {name: official.get(name) for name in TERMS} == {name: dict(told) for name, told in TERMS.items()}


def test_identifiers_of_ctdl_are_for_ever() -> None:
    assert ctid_of("https://example.org/a") == "ce-77980eae-c343-4b01-9823-eb6ac1da021f"
    known = "https://credentialengineregistry.org/resources/ce-d6cad1a0-1aed-4f42-b642-44167daf8c5a"
    assert ctid_of(known) == "ce-d6cad1a0-1aed-4f42-b642-44167daf8c5a"
