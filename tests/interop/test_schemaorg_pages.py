"""schema.org as others write it: in web pages, in lists, one thing inside the other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import mcqms_kg
from interop.openbadges.badges import mcqms
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.schemaorg import read
from mcqms_kg.interop.schemaorg.web_pages import scripts
from mcqms_kg.model import Taken, Term
from mcqms_kg.settings import Settings

COURSE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "Course",
    "@id": "https://school.example/courses/1",
    "name": "Kabel",
    "inLanguage": "id",
    "provider": {"@type": "Organization", "@id": "https://school.example/#us", "name": "School (example)"},
    "educationalCredentialAwarded": {
        "@type": "EducationalOccupationalCredential",
        "@id": "https://school.example/credentials/1",
        "name": "Cable (micro-credential)",
        "credentialCategory": "micro-credential",
        "educationalLevel": {"@type": "DefinedTerm", "@id": "https://levels.example/4", "name": "Four"},
        "competencyRequired": "Lays cable",
    },
    "hasCourseInstance": [
        {"@type": "CourseInstance", "courseWorkload": "PT20H", "startDate": "2026-01-01", "endDate": "2026-03-01"}
    ],
    "offers": {"@type": "Offer", "price": 3},
}


def page(*documents: Any) -> str:
    inside = "".join(f'<script type="application/ld+json">{json.dumps(d)}</script>\n' for d in documents)
    return f"<!DOCTYPE html><html><head><script>var a = '<b>';</script>{inside}</head><body>Text</body></html>"


def taken(folder: Path, text: str, name: str = "page.html") -> Taken:
    (folder / name).write_text(text, "utf-8")
    return read(folder / name, name, Settings())


def values(found: Taken, predicate: Term) -> set[str]:
    return {terms.lexical(s.triple[2]) for s in found.stated if s.triple[1] == predicate}


def test_a_page_says_what_its_script_says(tmp_path: Path) -> None:
    in_page = taken(tmp_path, page({"@context": "https://schema.org", "@type": "WebSite", "name": "S"}, COURSE))
    alone = taken(tmp_path, json.dumps(COURSE), "course.json")
    assert {s.triple for s in in_page.stated} >= {s.triple for s in alone.stated if "urn:uuid" not in str(s.triple)}
    assert all(s.at.startswith("/script-2") for s in in_page.stated)
    assert any(loss.at == "/script-1" for loss in in_page.losses)
    assert mcqms("check", tmp_path / "page.html", "--as-of", "2026-06-30").code in (0, 1)


def test_what_stands_inside_is_read_where_it_stands(tmp_path: Path) -> None:
    found = taken(tmp_path, json.dumps(COURSE), "course.json")
    credential, course = terms.iri("https://school.example/credentials/1"), terms.iri(COURSE["@id"])
    said = {s.triple for s in found.stated}
    assert {(credential, TYPE, mc("MicroCredential")), (credential, mc("isIntegratedIn"), course)} <= said
    assert (credential, mc("hasLevel"), terms.iri("https://levels.example/4")) in said
    assert (course, mc("workloadHours"), terms.literal("20.0", datatype=f"{_XSD}decimal")) in said


_XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(("course", "hours"), [({}, "20.0"), ({"hasCourseInstance": []}, "4.0")])
def test_how_and_how_long_may_stand_on_the_course(tmp_path: Path, course: dict[str, Any], hours: str) -> None:
    """The workload of a run says more than the time that a course takes."""
    found = taken(tmp_path, json.dumps(COURSE | {"timeRequired": "PT4H", "courseMode": "Online"} | course), "c.json")
    assert values(found, mc("workloadHours")) == {hours}
    assert {form.rpartition("/")[2] for form in values(found, mc("hasParticipationForm"))} == {"participation-online"}
    assert bool({loss.at for loss in found.losses} & {"/timeRequired"}) == (not course)


def test_the_time_of_one_run_is_not_the_time_of_the_offer(tmp_path: Path) -> None:
    found = taken(tmp_path, json.dumps(COURSE), "course.json")
    assert not values(found, mc("firstOfferDate")) and not values(found, mc("withdrawalDate"))
    lost = {loss.at for loss in found.losses}
    assert {"/hasCourseInstance/0/startDate", "/hasCourseInstance/0/endDate", "/offers"} <= lost


def test_a_level_without_an_address_is_told(tmp_path: Path) -> None:
    credential = COURSE["educationalCredentialAwarded"] | {
        "@context": "https://schema.org",
        "educationalLevel": {"@type": "DefinedTerm", "name": "Beginner"},
    }
    found = taken(tmp_path, json.dumps(credential), "c.json")
    assert not values(found, mc("hasLevel"))
    assert any(loss.at == "/educationalLevel" and "Beginner" in loss.value for loss in found.losses)


def test_lists_and_programmes(tmp_path: Path) -> None:
    programme = {"@type": "EducationalOccupationalProgram", "@id": "https://school.example/p", "name": "P"}
    course = {key: value for key, value in COURSE.items() if key != "@context"}
    listed = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": course},
            {"@type": "ListItem", "position": 2, "item": programme},
        ],
    }
    found = taken(tmp_path, json.dumps(listed), "list.json")
    said = {s.triple for s in found.stated}
    assert (terms.iri("https://school.example/p"), TYPE, mc("StudyProgramme")) in said
    assert (terms.iri(COURSE["@id"]), TYPE, mc("Course")) in said


def test_broken_scripts_and_other_ways_are_told(tmp_path: Path) -> None:
    text = page(COURSE).replace("</head>", '<script type="application/ld+json">{"a": </script></head>')
    text = text.replace("<body>", '<body itemscope itemtype="https://schema.org/Course">')
    told = [(loss.at, loss.what["en"]) for loss in taken(tmp_path, text).losses]
    assert ("/script-2", "This script cannot be read.") in told
    assert any("microdata" in what for _, what in told)


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        "<!-- " + page(COURSE).replace("<!DOCTYPE html>", "") + " -->",
        page({"@context": "https://other.example", "@type": "Course"}),
        '<script type="application/ld+json">{"@type": "Course"',
        page(COURSE).replace("application/ld+json", "text/plain"),
    ],
    ids=["nothing", "commented out", "another context", "cut off", "another type"],
)
def test_a_page_without_any_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableInput):
        taken(tmp_path, text)


def test_a_page_of_beginnings_takes_no_time() -> None:
    hostile = b"<script type=application/ld+json>" * 200_000
    assert list(scripts(hostile)) == []
    assert list(scripts(b"<!--" * 500_000)) == []
    assert list(scripts(b"<script " + b"type " * 500_000)) == []


def test_the_whole_way_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(COURSE), "utf-8")
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [tmp_path / "page.html"]))
    assert b"https://school.example/credentials/1" in written.files["data.nt"]
