"""Every statement of a small graph goes and comes back, alone and with all about its subject, for each construct of shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.roads import Road
from mcqms_kg.shacl.vocabulary import SUBCLASS, TYPE
from shacl.changed_statement_by_statement import CASES, TARGETS
from shacl.shapes_in_turtle import turtle


def same(found: ValidationReport, expected: ValidationReport, group: object) -> None:
    assert Counter(found.results) == Counter(expected.results), group
    assert found.focus_nodes == expected.focus_nodes, group


def refuse(*_: object) -> ValidationReport:
    raise AssertionError("everything was asked")


def linked(data: tuple[Triple, ...]) -> Iterator[tuple[Triple, Triple]]:
    """Two statements of which one leads to the other."""
    may_go = [triple for triple in data if triple[1] not in (SUBCLASS, TYPE)]
    yield from ((one, other) for one in may_go for other in may_go if one[2] == other[0] and one != other)


def groups(data: tuple[Triple, ...]) -> Iterator[list[Triple]]:
    """One statement; then all about one node, and all of one predicate; then all."""
    may_go = [triple for triple in data if triple[1] != SUBCLASS]
    yield from ([triple] for triple in may_go)
    yield from ([t for t in may_go if t[0] == node] for node in dict.fromkeys(s for s, _, _ in may_go))
    yield [triple for triple in may_go if triple[1] != TYPE]
    yield from ([t for t in may_go if t[1] == predicate] for predicate in dict.fromkeys(p for _, p, _ in may_go))
    yield may_go


@pytest.mark.parametrize("name", CASES)
def test_statement_by_statement(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, written = CASES[name]
    data, shapes = turtle(text), turtle(written)
    full, told = partial(columns.validate, road=Road.SQL), set()
    with Columns.load((*triple, None) for triple in data) as changing:
        before = whole = full(changing, shapes)
        assert set(before.engines.values()) == {columns.NAME}
        monkeypatch.setattr(columns, "validate", refuse)
        for group in groups(data):
            quads = [(*triple, None) for triple in group]
            without = revalidate(changing, shapes, before, [], quads)
            same(without, full(changing, shapes), group)
            before = revalidate(changing, shapes, without, quads, [])
            same(before, whole, group)
            told.add(without.results)
        assert set(changing.triples()) == set(data)
    assert len(told) > 1


@pytest.mark.parametrize("name", [name for name, (data, _) in CASES.items() if data != TARGETS])
def test_two_statements_that_lead_to_each_other(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both go and come back at once; then one goes while the other comes."""
    text, written = CASES[name]
    data, shapes = turtle(text), turtle(written)
    full = partial(columns.validate, road=Road.SQL)
    with Columns.load((*triple, None) for triple in data) as changing:
        report = full(changing, shapes)
        monkeypatch.setattr(columns, "validate", refuse)
        for number, pair in enumerate(linked(data)):
            one, other = ([(*triple, None)] for triple in (pair if number % 2 else pair[::-1]))
            for added, removed in (([], one + other), (one + other, []), ([], one), (one, other), (other, [])):
                report = revalidate(changing, shapes, report, added, removed)
                same(report, full(changing, shapes), (added, removed))
