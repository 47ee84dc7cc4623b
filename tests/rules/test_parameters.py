"""Parameters reach shapes: values, lists, texts and derived dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.terms import iri, lexical, literal
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import PARAM, SH
from mcqms_kg.rules.parameters import ListValue, bind, minus

SHAPE, LIMIT = iri("http://example.org/shape"), iri(PARAM + "limit")
MAX = iri(SH + "maxInclusive")


@pytest.mark.parametrize(
    ("date", "duration", "expected"),
    [
        ("2026-06-30", "P1Y", "2025-06-30"),
        ("2024-02-29", "P1Y", "2023-02-28"),
        ("2026-03-31", "P1M", "2026-02-28"),
        ("2026-01-15", "P13M", "2024-12-15"),
        ("2026-01-01", "P1D", "2025-12-31"),
        ("2026-06-30", "P1Y6M10D", "2024-12-20"),
    ],
)
def test_a_date_less_a_duration(date: str, duration: str, expected: str) -> None:
    assert minus(dt.date.fromisoformat(date), duration) == dt.date.fromisoformat(expected)


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.integers(0, 200), st.integers(0, 50))
def test_more_duration_never_gives_a_later_date(date: dt.date, months: int, days: int) -> None:
    assert minus(date, f"P{months}M{days}D") <= minus(date, f"P{months}M") <= date


@pytest.mark.parametrize("duration", ["P", "1Y", "P1W", "PT5H", "-P1Y", ""])
def test_other_durations_are_refused(duration: str) -> None:
    with pytest.raises(RulebookError, match="not a duration"):
        minus(dt.date(2026, 1, 1), duration)


def test_a_value_takes_the_place_of_its_parameter() -> None:
    assert bind([(SHAPE, MAX, LIMIT)], {LIMIT: literal("5")}) == ((SHAPE, MAX, literal("5")),)


def test_a_list_is_written_once_however_often_it_is_used() -> None:
    shapes: list[Triple] = [(SHAPE, iri(SH + "in"), LIMIT), (iri("http://example.org/other"), iri(SH + "in"), LIMIT)]
    bound = bind(shapes, {LIMIT: ListValue((literal("a"), literal("b")))})
    graph = GraphIndex(bound)
    heads = {o for _, p, o in bound if p == iri(SH + "in")}
    assert len(heads) == 1
    assert graph.collection(heads.pop()) == (literal("a"), literal("b"))


def test_inside_sparql_too() -> None:
    query = literal("SELECT $this WHERE { FILTER (?x > param:limit && ?y != param:limits) }")
    other = iri(PARAM + "limits")
    value = literal("2026-06-30", datatype="http://www.w3.org/2001/XMLSchema#date")
    ((_, _, bound),) = bind([(SHAPE, iri(SH + "select"), query)], {LIMIT: value, other: Term('"7"')})
    assert lexical(bound) == f'SELECT $this WHERE {{ FILTER (?x > {value} && ?y != "7") }}'


def test_a_parameter_without_a_value_is_an_error() -> None:
    with pytest.raises(RulebookError, match="param:limit has no value"):
        bind([(SHAPE, MAX, LIMIT)], {})
