"""Code lists of others in SKOS: what is taken over, in one direction, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from interop.openbadges.badges import mcqms
from interop.round_trip import come_back, exported, neither_kept_nor_told
from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.skos import read
from mcqms_kg.interop.skos.reading import skos
from mcqms_kg.model import Taken, Term
from mcqms_kg.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
LIST = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://lists.example/> .
ex:list a skos:ConceptScheme ; dct:title "Bahan"@id , "Materials"@en ; dct:creator ex:office ; skos:hasTopConcept ex:a .
ex:a a skos:Concept ; skos:prefLabel "Kabel"@id , "Cable"@en , "Wire"@en ; skos:narrower ex:b ; skos:notation "A" ;
  skos:definition "What carries current."@en ; skos:altLabel "Lead"@en .
ex:b skos:inScheme ex:list ; skos:prefLabel "Copper"@en ; skos:exactMatch <https://other.example/copper> ; ex:colour "red" .
ex:office a <http://xmlns.com/foaf/0.1/Organization> .
[] a skos:Concept ; skos:prefLabel "Nameless"@en .
"""


def ex(name: str) -> Term:
    return terms.iri(f"https://lists.example/{name}")


def taken(folder: Path, text: str = LIST) -> Taken:
    (folder / "list.ttl").write_text(text, "utf-8")
    return read(folder / "list.ttl", "list.ttl", Settings())


def test_a_list_is_taken_over_in_one_direction(tmp_path: Path) -> None:
    said = {s.triple for s in taken(tmp_path).stated}
    assert {
        (ex("list"), skos("prefLabel"), terms.literal("Materials", language="en")),
        (ex("a"), skos("topConceptOf"), ex("list")),
        (ex("a"), skos("inScheme"), ex("list")),
        (ex("b"), skos("broader"), ex("a")),
        (ex("b"), skos("exactMatch"), terms.iri("https://other.example/copper")),
    } <= said
    assert not any(p in (skos("narrower"), skos("hasTopConcept")) for _, p, _ in said)
    english = {o for s, p, o in said if s == ex("a") and p == skos("prefLabel") and terms.language(o) == "en"}
    assert len(english) == 1


def test_everything_else_is_told(tmp_path: Path) -> None:
    found = taken(tmp_path)
    told = [(loss.at, loss.value, loss.what["en"][:20]) for loss in found.losses]
    assert {value for _, value, _ in told} >= {"https://lists.example/office", "red", "Wire", "Nameless"}
    assert all(at.startswith("line ") or "Nameless" in value or "skos" in at or value for at, value, _ in told)
    assert len(found.stated) + len(found.losses) >= 19


def test_on_the_command_line(tmp_path: Path) -> None:
    taken(tmp_path)
    done = mcqms("export", "--from", tmp_path / "list.ttl", "--as", "skos", "--to", "nt")
    assert done.code == 0 and "lists.example/list" in done.out and "colour" not in done.out
    assert "Not carried over" in done.err


@pytest.mark.parametrize(
    "text", ["", "<urn:a> <urn:b> <urn:c> .", "[] a <http://www.w3.org/2004/02/skos/core#Concept> ."]
)
def test_a_file_without_a_list_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(EmptyInput, match=r"concept|statement"):
        taken(tmp_path, text)


@pytest.mark.parametrize("data", ["data/frameworks", "data/polytechnic-networks"])
def test_ours_comes_back_but_for_what_is_told(data: str, tmp_path: Path) -> None:
    written = exported("skos", ROOT / data)
    (tmp_path / "in.nt").write_bytes(mcqms_kg.export_to(mcqms_kg.ExportRequest("nt", [ROOT / data])).files["data.nt"])
    ours = [t for t in read_triples([tmp_path / "in.nt"]) if not t[0].startswith("<https://w3id.org/mcqms/")]
    try:
        back = come_back("skos", written, tmp_path / "out")
    except EmptyInput:  # only lists of our own, which our own files describe
        back = ()
    assert neither_kept_nor_told(ours, back, written.losses) == []


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["en", "id", "ar", ""])), min_size=1, max_size=6))
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
def test_every_name_is_taken_or_told(tmp_path_factory: pytest.TempPathFactory, names: list[tuple[str, str]]) -> None:
    folder = tmp_path_factory.mktemp("skos")
    triples = [(ex("a"), TYPE, skos("Concept"))]
    triples += [(ex("a"), skos("prefLabel"), terms.literal(text, language=tag)) for text, tag in names]
    (folder / "list.nt").write_text("".join(f"{s} {p} {o} .\n" for s, p, o in triples), "utf-8")
    found = read(folder / "list.nt", "list.nt", Settings())
    assert len(found.stated) + len(found.losses) == len(set(triples))
    tags = [terms.language(s.triple[2]) for s in found.stated if s.triple[1] == skos("prefLabel")]
    assert len(tags) == len(set(tags))
