"""The projection to a network: each tie once, by kind, with the statements and the place that say it; and what is done with it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pyoxigraph as ox
from hypothesis import given, settings

import mcqms_kg
from interop.catalogues import catalogues
from mcqms_kg.graph import terms
from mcqms_kg.graph.network import BETWEEN, OVER, TIES, network
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple

STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
HERE = "https://example.org/polytechnic-networks/"
MADE = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/> .
ex:cert mc:isStackedBy ex:rule . ex:rule mc:hasOption ex:a , ex:b ; mc:hasExemption ex:spared .
ex:spared mc:exemptsFrom ex:b ; mc:isEarnedBy ex:c .
ex:a mc:requires ex:b ; mc:coversUnit ex:u ; mc:hasOutcome [ mc:isTiedTo ex:u ] .
ex:a mc:hasProgression [ mc:leadsTo ex:degree ; mc:creditValue 3 ] .
ex:row mc:hasSourceLevel ex:l4 ; mc:hasTargetLevel ex:x5 .
ex:alignment mc:hasSourceConcept ex:u ; mc:hasTargetConcept ex:skill .
ex:treaty mc:recognisesAwardsOf ex:home ; mc:isHonouredBy ex:abroad .
ex:job mc:requiresSkill ex:skill ; mc:requiresUnit ex:u . ex:award mc:awardsCredential ex:a ."""


def stated(text: str) -> list[Triple]:
    quads = ox.parse(input=text, format=ox.RdfFormat.TURTLE)
    return [(Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in quads]


def test_every_kind_of_tie_runs_as_it_is_stated() -> None:
    found = network(stated(MADE))
    kinds = {(terms.local_name(s), kind, terms.local_name(o)) for s, o, kind in found.edges(keys=True)}
    assert kinds == {
        ("cert", "stacked-by", "rule"),
        ("rule", "option", "a"),
        ("rule", "option", "b"),
        ("rule", "exemption", "spared"),
        ("spared", "exempts-from", "b"),
        ("spared", "earned-by", "c"),
        ("a", "prerequisite", "b"),
        ("a", "covers", "u"),
        ("a", "counts-towards", "degree"),
        ("l4", "referenced-to", "x5"),
        ("u", "aligned-with", "skill"),
        ("home", "honoured-by", "abroad"),
        ("job", "requires-skill", "skill"),
        ("job", "requires-unit", "u"),
    }
    a, unit = (terms.iri(f"https://example.org/{name}") for name in ("a", "u"))
    said = [p for _, p, _ in found.edges[a, unit, "covers"]["statements"]]
    assert sorted(said) == sorted(map(mc, ("coversUnit", "hasOutcome", "isTiedTo"))), "stated twice, one edge"


@settings(max_examples=30)
@given(triples=catalogues())
def test_whatever_the_data_edges_are_what_statements_say(triples: tuple[Triple, ...]) -> None:
    given = set(triples)
    found = network(triples)
    for source, target, kind, told in found.edges(keys=True, data=True):
        assert told["kind"] == kind and set(told["statements"]) <= given
        assert {source, target} <= {term for s, _, o in told["statements"] for term in (s, o)}
    direct = {(s, TIES[terms.local_name(p)], o) for s, p, o in given if p in map(mc, TIES) and not terms.is_literal(o)}
    edges = {(s, kind, o) for s, o, kind in found.edges(keys=True)}
    assert direct <= edges
    assert {kind for _, kind, _ in edges - direct} <= {*OVER.values(), *BETWEEN.values()}


def test_a_story_in_python_with_names_and_places() -> None:
    found = mcqms_kg.network([STORY], language="id")
    cable = HERE + "mc-cable"
    assert found.nodes[cable]["label"] == "Menyiapkan kabel jaringan"
    assert found.nodes[cable]["classes"] == ("https://w3id.org/mcqms/ns#MicroCredential",)
    told = found.edges[HERE + "certificate-technician", HERE + "rule-technician", "stacked-by"]
    file, _, line = told["place"].rpartition(":")
    assert "isStackedBy" in Path(file).read_text("utf-8").splitlines()[int(line) - 1]
    assert all("place" not in more for _, _, more in mcqms_kg.network([STORY], places=False).edges(data=True))
    assert nx.has_path(found, cable, HERE + "diploma")
