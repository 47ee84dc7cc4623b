"""Loaded columns under changes and several shapes in turn: each report is that of columns nobody asked before, decided in SQL."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck
from hypothesis import strategies as st

from differential.shapes_and_data import data_triples, shapes_graphs
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Quad, Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.roads import Road
from shacl.shapes_in_turtle import turtle

DATA = list(
    turtle("""ex:a a ex:C ; ex:p 1 , 2 ; ex:q ex:b . ex:b a ex:C , ex:D ; ex:p 'x' ; ex:q ex:a .
    ex:c a ex:C ; ex:q ex:b , ex:c . ex:E rdfs:subClassOf ex:C . ex:e a ex:E ; ex:p 7 .""")
)
OTHERS = turtle("ex:other sh:targetSubjectsOf ex:q ; sh:path ex:q ; sh:maxCount 1 ; sh:hasValue ex:new .")

Step = tuple[int, list[Triple], int]
"""Which shapes, what comes, and which statement goes."""
WORLDS: dict[str, Any] = {
    "data": st.lists(data_triples, min_size=4, max_size=18, unique=True),
    "graphs": st.lists(shapes_graphs(), min_size=2, max_size=2),
    "steps": st.lists(
        st.tuples(st.integers(0, 1), st.lists(data_triples, max_size=2), st.integers(0, 30)), min_size=2, max_size=4
    ),
}
EASY: dict[str, Any] = {"suppress_health_check": list(HealthCheck), "derandomize": True}


def quads(triples: list[Triple]) -> list[Quad]:
    return [(*triple, None) for triple in triples]


def fresh(triples: set[Triple], shapes: tuple[Triple, ...]) -> ValidationReport:
    with Columns.load(quads(sorted(triples))) as loaded:
        return columns.validate(loaded, shapes, road=Road.SQL)


def in_turn(data: list[Triple], graphs: list[tuple[Triple, ...]], steps: list[Step]) -> None:
    """By the road that the test is about."""
    now = set(data)
    with Columns.load(quads(data)) as loaded:
        for which, added, pick in steps:
            shapes, gone = graphs[which], [data[pick % len(data)]]
            report = columns.validate(loaded, shapes)
            assert report == columns.validate(loaded, shapes) == fresh(now, shapes)
            now = (now - set(gone)) | set(added)
            again = revalidate(loaded, shapes, report, quads(added), quads(gone))
            assert again == columns.validate(loaded, shapes)
            assert not now or again == fresh(now, shapes)
