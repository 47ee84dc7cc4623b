"""Closures end on cycles, whether they are computed here or by joins on Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shacl.shapes_in_turtle import names, turtle
from shacl.shapes_in_turtle import validate as by_columns
from shacl.spark.one_session import MASTER, needs_spark

if TYPE_CHECKING:
    from mcqms_kg.shacl.spark.tables import Tables

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), needs_spark]
START = "SELECT * FROM VALUES (1L, 1L), (5L, 5L) AS start(focus, value)"
RING = "SELECT * FROM VALUES (1L, 2L), (2L, 3L), (3L, 1L), (3L, 3L), (7L, 5L) AS step(here, there)"
REACHED = {(1, 1), (1, 2), (1, 3), (5, 5)}


@pytest.fixture(scope="module")
def tables() -> Tables:
    from mcqms_kg.shacl.spark.session import open_session
    from mcqms_kg.shacl.spark.tables import Tables

    opened = Tables(open_session(MASTER))
    opened.plan_for(0)
    return opened


@pytest.mark.parametrize("little", [20_000, 0, 3], ids=["here", "by joins", "by joins, because what is found is much"])
def test_a_ring_ends(tables: Tables, little: int) -> None:
    from mcqms_kg.shacl.spark.closures import Closures

    found = Closures(tables, little).of(START, RING).collect()
    assert len(found) == len(REACHED)
    assert {(row[0], row[1]) for row in found} == REACHED


def test_what_grows_beyond_bounds_is_left_to_spark() -> None:
    from mcqms_kg.shacl.spark.closures import closed

    assert closed([(1, 1)], [(n, n + 1) for n in range(1, 100)], 50) is None
    assert closed([(1, 1)], [(n, n + 1) for n in range(1, 100)], 100) == {(1, n) for n in range(1, 101)}


def test_paths_and_classes_in_rings() -> None:
    from mcqms_kg.shacl.spark import engine

    data = """ex:a a ex:C ; ex:q ex:b . ex:b ex:q ex:c . ex:c ex:q ex:a, ex:c . ex:d a ex:D . ex:e a ex:E ; ex:q ex:e .
        ex:D rdfs:subClassOf ex:E . ex:E rdfs:subClassOf ex:C . ex:C rdfs:subClassOf ex:D ."""
    shapes = """ex:star sh:targetClass ex:C ; sh:property [ sh:path [ sh:zeroOrMorePath ex:q ] ; sh:hasValue ex:c ] .
        ex:plus sh:targetClass ex:C ; sh:property [ sh:path [ sh:oneOrMorePath [ sh:inversePath ex:q ] ] ; sh:minCount 3 ] ."""
    found = engine.validate_triples(MASTER, turtle(data), turtle(shapes))
    assert names(found) == names(by_columns(data, shapes)) == ["d", "d", "e", "e"]
    assert set(found.focus_nodes.values()) == {3}
