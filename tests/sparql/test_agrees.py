"""The algebra of a query is that of rdflib: of the queries in shapes, and of queries that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import Source, read_quads
from mcqms_kg.shacl.sparql.prefixes import query_text
from mcqms_kg.shacl.vocabulary import sh
from mcqms_kg.sparql.translate import read
from sparql import by_rdflib
from sparql.queries import QUERIES
from suites import STANDARDS, SUITES

OURS = Path(__file__).parents[2] / "shapes"
W3C = SUITES / "w3c-data-shapes" / "tests" / "sparql"
WRONG_IN_RDFLIB = {
    "pre-binding-002": "FILTER (false) lets nothing through (17.2), and rdflib takes it for no filter",
    "pre-binding-006": "SELECT * selects nothing that only FILTER mentions (18.2.1)",
    "unsupported-sparql-003": "rdflib does not translate SERVICE",
}


def in_shapes() -> Iterator[object]:
    """Every SPARQL query in shapes, with its prefixes: ours are declared in another file than the shapes."""
    yield from _queries("ours", sorted(OURS.rglob("*.ttl")))
    for path in sorted((*W3C.rglob("*.ttl"), *(STANDARDS / "elm").rglob("*.ttl"))):
        if "sh:select" in (text := path.read_text(encoding="utf-8")) or "sh:ask" in text:
            yield from _queries(path.stem, [path])


def _queries(name: str, paths: list[Path]) -> Iterator[object]:
    quads = (quad for path in paths for quad in read_quads(Source(path, ox.RdfFormat.TURTLE, path.as_uri())))
    graph = GraphIndex((s, p, o) for s, p, o, _ in quads)
    found = ((s, o) for kind in ("select", "ask") for s in graph.all_subjects() for o in graph.objects(s, sh(kind)))
    for number, (subject, query) in enumerate(sorted(found, key=lambda one: one[1])):
        yield pytest.param(name, query_text(graph, subject, terms.lexical(query), None), id=f"{name}-{number}")


@pytest.mark.parametrize(("name", "text"), list(in_shapes()))
def test_in_shapes(name: str, text: str) -> None:
    ours = by_rdflib.alike(read(text))
    try:
        theirs = by_rdflib.alike(by_rdflib.read(text))
    except AttributeError:  # of a part that it does not translate
        theirs = None
    assert (ours == theirs) == (name not in WRONG_IN_RDFLIB)


@settings(max_examples=60)
@given(QUERIES)
def test_made_up(text: str) -> None:
    ours = by_rdflib.alike(read(text))
    try:
        theirs = by_rdflib.alike(by_rdflib.read(text))
    except TypeError:  # rdflib drops some constant expressions in aggregates
        return
    assert ours == theirs
