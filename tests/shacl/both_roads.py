"""Validation by both roads: what Python decides of a small graph is what SQL decides."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.roads import Road


def validate(columns: Columns, shapes: Iterable[Triple]) -> ValidationReport:
    """The report, after both roads have given it. An error must be the same by both."""
    triples = tuple(shapes)
    by_python = _outcome(columns, triples, Road.PYTHON)
    by_sql = _outcome(columns, triples, Road.SQL)
    if isinstance(by_sql, McqmsError):
        assert type(by_python) is type(by_sql), (by_python, by_sql)
        raise by_sql
    assert by_python == by_sql
    return by_sql


def _outcome(columns: Columns, shapes: tuple[Triple, ...], road: Road) -> ValidationReport | McqmsError:
    try:
        return engine.validate(columns, shapes, road=road)
    except McqmsError as problem:
        return problem
