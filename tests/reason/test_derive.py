"""The queries that derive facts on the hot path give what the reasoner gives."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import MC, RDF
from mcqms_kg.reason.owl import Classification
from mcqms_kg.resources import root

TYPE = iri(RDF + "type")
DERIVE = root() / "queries" / "derive"
QUERIES = {
    "covers_unit": (iri(MC + "coversUnit"), None),
    "contributes_to_job": (iri(MC + "contributesToJob"), None),
    "counts_towards": (iri(MC + "countsTowards"), None),
    "industry_validated": (TYPE, iri(MC + "IndustryValidatedCredential")),
}


def derived(name: str, data: Path) -> set[Triple]:
    store = ox.Store()
    store.load(path=str(data), format=ox.RdfFormat.TURTLE)
    answer = store.query((DERIVE / f"{name}.rq").read_text(encoding="utf-8"))
    assert isinstance(answer, ox.QueryTriples)
    return {(Term(str(t.subject)), Term(str(t.predicate)), Term(str(t.object))) for t in answer}


@pytest.mark.parametrize("name", QUERIES)
def test_query_gives_what_the_reasoner_gives(name: str, stacked: Path, classified: Classification) -> None:
    predicate, value = QUERIES[name]
    reasoned = {(s, p, o) for s, p, o in classified.inferred if p == predicate and value in (None, o)}
    assert reasoned
    assert derived(name, stacked) == reasoned


def test_stated_units_and_steps_count_too(tmp_path: Path) -> None:
    data = tmp_path / "stated.ttl"
    data.write_text(
        "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/> ."
        " ex:a mc:coversUnit ex:u ; mc:countsTowards ex:b . ex:j mc:requiresUnit ex:u . ex:b mc:countsTowards ex:c .",
        encoding="utf-8",
    )
    a, c, j = (iri(f"https://example.org/{name}") for name in "acj")
    assert derived("contributes_to_job", data) == {(a, iri(MC + "contributesToJob"), j)}
    assert (a, iri(MC + "countsTowards"), c) in derived("counts_towards", data)


def test_every_derivation_is_compared() -> None:
    assert {file.stem for file in DERIVE.glob("*.rq")} == set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_query_begins_with_its_header(name: str) -> None:
    text = (DERIVE / f"{name}.rq").read_text(encoding="utf-8")
    assert re.findall(r"^#\+ (\w+): \S", text, re.MULTILINE) == ["summary", "description", "tags"]
