"""What the ontology says of the shipped stories, and beside the official axioms of the European Learning Model."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.artefacts import standards
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term
from mcqms_kg.namespaces import MC, RDF, RDFS
from mcqms_kg.reason.owl import classify
from mcqms_kg.resources import root

TYPE, SUBCLASS = iri(RDF + "type"), iri(RDFS + "subClassOf")
MAY_FOLLOW = {iri(MC + "IndustryValidatedCredential"), iri(MC + "StackableCredential")}


@pytest.mark.slow
def test_stories_are_consistent_and_say_themselves_what_things_are(ontology: tuple[Path, ...]) -> None:
    """A type that follows only from a domain or a range was forgotten, or the property stands on the wrong thing."""
    stories = sorted((root() / "data").rglob("*.ttl"))
    found = classify(ontology, stories)
    assert found.consistent
    triples = {*read_triples(ontology), *found.inferred}
    above: dict[Term, set[Term]] = {}
    for s, p, o in triples:
        if p == SUBCLASS:
            above.setdefault(s, set()).add(o)
    stated = {(s, o) for s, p, o in read_triples(stories) if p == TYPE}
    explained = stated | {(s, higher) for s, o in stated for higher in above.get(o, ())}
    ours = {(s, o) for s, p, o in found.inferred if p == TYPE and o.startswith(f"<{MC}")}
    assert {(s, o) for s, o in ours - explained if o not in MAY_FOLLOW} == set()
    assert ours - explained, "some micro-credential of the stories is validated by industry, and that follows"


@pytest.mark.slow
def test_alignment_is_consistent_with_the_official_model(ontology: tuple[Path, ...], stacked: Path) -> None:
    found = classify([*ontology, standards("elm") / "ELM.ttl"], [stacked])
    assert found.consistent
    assert found.unsatisfiable == ()
