"""SKOS exports keep the integrity conditions of SKOS, judged here by queries of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings

import mcqms_kg
from interop.catalogues import catalogues
from interop.round_trip import written_to
from mcqms_kg.errors import EmptyInput, UnknownName
from mcqms_kg.model import Triple

ROOT = Path(__file__).resolve().parents[2]
CONDITIONS = {
    "S9: a scheme is no concept": "?x a skos:Concept , skos:ConceptScheme",
    "S13: names are disjoint": "?x skos:prefLabel ?l ; skos:altLabel|skos:hiddenLabel ?l",
    "S14: one preferred name a language": "?x skos:prefLabel ?a , ?b FILTER(?a != ?b && lang(?a) = lang(?b))",
    "S27: related is not broader": "?x skos:related ?y . ?x skos:broader+ ?y",
    "S46: an exact match is no broader one": "?x skos:exactMatch ?y ; skos:broadMatch ?y",
    "a concept has a scheme": "?x a skos:Concept FILTER NOT EXISTS { ?x skos:inScheme ?s . ?s a skos:ConceptScheme }",
    "what is above a concept is one": "?y skos:broader ?x FILTER NOT EXISTS { ?x a skos:Concept }",
    "a top concept has nothing above it": "?x skos:topConceptOf ?s ; skos:broader ?y . ?y skos:inScheme ?s",
}


def broken(content: bytes) -> list[str]:
    graph = rdflib.Graph().parse(data=content, format="turtle")
    prefix = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    return [name for name, where in CONDITIONS.items() if graph.query(f"{prefix} ASK {{ {where} }}").askAnswer]


@pytest.mark.parametrize(
    ("data", "concepts"),
    [
        ("ontology/codes", 130),
        ("data/frameworks", 250),
        ("data/polytechnic-networks", 20),
    ],
)
def test_the_shipped_schemes(data: str, concepts: int) -> None:
    content = mcqms_kg.export_to(mcqms_kg.ExportRequest("skos", [ROOT / data])).files["skos.ttl"]
    assert broken(content) == []
    assert content.count(b" a skos:Concept ;") > concepts


def test_one_scheme() -> None:
    written = mcqms_kg.export_to(
        mcqms_kg.ExportRequest("skos", [ROOT / "data" / "polytechnic-networks"], about=["code:media"])
    )
    assert written.files["skos.ttl"].count(b"skos:topConceptOf") == written.files["skos.ttl"].count(
        b" a skos:Concept ;"
    )
    with pytest.raises(UnknownName):
        mcqms_kg.export_to(
            mcqms_kg.ExportRequest("skos", [ROOT / "data" / "polytechnic-networks"], about=["code:nothing"])
        )


@given(triples=catalogues())
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_whatever_the_data(tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...]) -> None:
    try:
        written = mcqms_kg.export_to(
            mcqms_kg.ExportRequest("skos", [written_to(tmp_path_factory.mktemp("skos") / "in.nt", triples)])
        )
    except EmptyInput:
        return
    assert broken(written.files["skos.ttl"]) == []
