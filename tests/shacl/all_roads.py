"""Validation by all roads: what Python and arrays decide is what SQL decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.roads import Road


def validate(columns: Columns, shapes: Iterable[Triple]) -> ValidationReport:
    """The report, after every road has given it. An error must be the same by all; what SQL has to ask others, roads may compute."""
    triples = tuple(shapes)
    others = list(_in_memory(columns, triples))
    columns.connection.execute("SELECT 1")
    by_python, by_arrays, by_sql = (_outcome(columns, triples, road) for road in Road)
    for found in (*others, by_python, by_arrays):
        if isinstance(by_sql, McqmsError):
            assert type(found) is type(by_sql), (found, by_sql)
        else:
            assert not isinstance(found, McqmsError), found
            assert replace(found, engines={}) == replace(by_sql, engines={})
            assert all(name in (engine.NAME, by_sql.engines[shape]) for shape, name in found.engines.items())
    if isinstance(by_sql, McqmsError):
        raise by_sql
    return by_sql


def _in_memory(columns: Columns, shapes: tuple[Triple, ...]) -> Iterator[ValidationReport | McqmsError]:
    """What is said before a database is opened, each time of columns of their own."""
    for road in (Road.PYTHON, Road.ARRAYS):
        if columns.gathered:
            with Columns() as fresh:
                fresh.gathered = replace(columns.gathered, added={})
                yield _outcome(fresh, shapes, road)


def _outcome(columns: Columns, shapes: tuple[Triple, ...], road: Road) -> ValidationReport | McqmsError:
    try:
        return engine.validate(columns, shapes, road=road)
    except McqmsError as problem:
        return problem
