"""Validation by all roads: what Python and arrays decide is what SQL decides."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.roads import Road


def validate(columns: Columns, shapes: Iterable[Triple]) -> ValidationReport:
    """The report, after every road has given it. An error must be the same by all."""
    triples = tuple(shapes)
    by_python, by_arrays, by_sql = (_outcome(columns, triples, road) for road in Road)
    for found in (by_python, by_arrays):
        if isinstance(by_sql, McqmsError):
            assert type(found) is type(by_sql), (found, by_sql)
        else:
            assert found == by_sql
    if isinstance(by_sql, McqmsError):
        raise by_sql
    return by_sql


def _outcome(columns: Columns, shapes: tuple[Triple, ...], road: Road) -> ValidationReport | McqmsError:
    try:
        return engine.validate(columns, shapes, road=road)
    except McqmsError as problem:
        return problem
