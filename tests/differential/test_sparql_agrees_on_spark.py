"""SPARQL constraints give the same results on Spark as on one machine, all of them in one run."""

from __future__ import annotations

import pytest

from differential.shapes_and_data import EX
from differential.test_sparql_agrees import GROUPED, QUERIES, random_data, shape_with
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl import columns
from shacl.spark.one_session import MASTER, needs_spark

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), needs_spark]


def every_query() -> list[Triple]:
    """A shape for each query, by number."""
    written = [
        f"SELECT $this{' ?value' * ('?value' in q)}{' ?path' * ('?path' in q)} WHERE {{ {q} }}"
        for q in QUERIES.values()
    ]
    return [
        (_numbered(s, number), p, _numbered(o, number))
        for number, query in enumerate([*written, *GROUPED.values()])
        for s, p, o in shape_with(query)
    ]


def _numbered(term: Term, number: int) -> Term:
    own = {terms.iri(EX + name): terms.iri(f"{EX}{name}-{number}") for name in ("shape", "query")}
    return own.get(term, term)


def test_sparql() -> None:
    from mcqms_kg.shacl.spark import engine

    data, shapes = random_data(1), every_query()
    with Columns.load((*triple, None) for triple in data) as loaded:
        expected = columns.validate(loaded, shapes)
    found = engine.validate_triples(MASTER, data, shapes)
    assert expected.results
    assert found.results == expected.results
    assert set(found.engines.values()) == {"spark"}
