"""Small shapes and data written in Turtle, for tests."""

from __future__ import annotations

import io

import pyoxigraph as ox

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term, Triple, ValidationReport
from shacl import all_roads

PREFIXES = """
    @prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""


def turtle(text: str) -> tuple[Triple, ...]:
    """The triples of a text; `ex:`, `sh:`, `xsd:`, `rdfs:` and `rdf:` are known."""
    parsed = ox.parse(io.BytesIO((PREFIXES + text).encode()), format=ox.RdfFormat.TURTLE)
    return tuple((Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in parsed)


def validate(data: str, shapes: str) -> ValidationReport:
    """The report of the columnar engine, the same by both roads."""
    with Columns.load((*triple, None) for triple in turtle(data)) as loaded:
        return all_roads.validate(loaded, turtle(shapes))


def names(report: ValidationReport) -> list[str]:
    """The focus nodes of the results, by local name, in order."""
    return sorted(result.focus.strip("<>").rsplit("/", 1)[-1] for result in report.results)
