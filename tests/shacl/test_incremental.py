"""After any change, validating only what the change can touch gives the report that validating everything gives."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differential.shapes_and_data import EX, data_triples, shapes_graphs
from differential.test_sparql_agrees import GROUPED, QUERIES, random_data, shape_with
from mcqms_kg import operations
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Quad, Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate
from shacl import all_roads
from shacl.shapes_in_turtle import turtle

EXAMPLES = int(os.environ.get("MCQMS_DIFFERENTIAL_EXAMPLES", "40"))
STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
Shapes = tuple[Triple, ...]


def quads(triples: list[Triple]) -> list[Quad]:
    return [(*triple, None) for triple in triples]


def same(found: ValidationReport, expected: ValidationReport) -> None:
    assert Counter(found.results) == Counter(expected.results)
    assert found.focus_nodes == expected.focus_nodes
    assert found.engines == expected.engines
    assert found.conforms == expected.conforms


def follow(data: list[Triple], shapes: Shapes, changes: list[tuple[list[Triple], list[Triple]]]) -> None:
    """Changes the data step by step, and validates both ways after each."""
    now = set(data)
    with Columns.load(quads(data)) as changing:
        report = columns.validate(changing, shapes)
        for added, removed in changes:
            now = (now - set(removed)) | set(added)
            report = revalidate(changing, shapes, report, quads(added), quads(removed))
            with Columns.load(quads(sorted(now))) as fresh:
                same(report, all_roads.validate(fresh, shapes))
            assert set(changing.triples()) == now


few = st.lists(data_triples, max_size=2)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
    derandomize="MCQMS_DIFFERENTIAL_EXAMPLES" not in os.environ,
)
@given(
    data=st.lists(data_triples, min_size=4, max_size=18, unique=True),
    shapes=shapes_graphs(),
    added=st.lists(few, min_size=2, max_size=2),
    picks=st.lists(st.lists(st.integers(0, 30), max_size=2), min_size=2, max_size=2),
)
def test_random_changes(data: list[Triple], shapes: Shapes, added: list[list[Triple]], picks: list[list[int]]) -> None:
    removed = [[data[pick % len(data)] for pick in some] for some in picks]
    follow(data, shapes, list(zip(added, removed, strict=True)))


def test_a_bounded_change_does_not_ask_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    data = turtle("ex:a a ex:C ; ex:p ex:b , ex:c . ex:b ex:q 1 . ex:d a ex:C ; ex:p ex:c .")
    shapes = turtle(
        "ex:shape sh:targetClass ex:C ; sh:property ex:inner . ex:inner sh:path (ex:p ex:q) ; sh:minCount 1 ."
    )
    with Columns.load(quads(list(data))) as changing:
        report = columns.validate(changing, shapes)
        assert [r.focus for r in report.results] == [f"<{EX}d>"]
        monkeypatch.setattr(columns, "validate", None)
        gone = quads(list(turtle("ex:b ex:q 1 .")))
        report = revalidate(changing, shapes, report, [], gone)
        assert [r.focus for r in report.results] == [f"<{EX}a>", f"<{EX}d>"]
        assert revalidate(changing, shapes, report, [], gone) is report
        report = revalidate(changing, shapes, report, quads(list(turtle("ex:c ex:q 2 ."))), [])
        assert report.conforms
        assert set(report.focus_nodes.values()) == {2}


def test_a_new_superclass_asks_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = turtle("ex:shape sh:targetClass ex:C ; sh:class ex:X .")
    with Columns.load(quads(list(turtle("ex:a a ex:D .")))) as changing:
        report = columns.validate(changing, shapes)
        narrower = quads(list(turtle("ex:D rdfs:subClassOf ex:C .")))
        full = Mock(wraps=columns.validate)
        monkeypatch.setattr(columns, "validate", full)
        assert not revalidate(changing, shapes, report, narrower, []).conforms
        full.assert_called_once()


def test_what_was_asked_whole_is_known_to_the_next_change() -> None:
    shapes = turtle("ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:class ex:D .")
    data, more = list(turtle("ex:a a ex:C ; ex:p ex:b . ex:b a ex:D .")), list(turtle("ex:a ex:p ex:c ."))
    narrower = list(turtle("ex:E rdfs:subClassOf ex:C . ex:c a ex:E ; ex:p ex:a ."))
    follow(data, tuple(shapes), [(more, []), (narrower, []), ([], more), (more, narrower[1:2]), ([], data[:1])])


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ('"9007199254740993"', 1),
        ('"9007199254740992"', 0),
        ('"9007199254740991.5"^^xsd:decimal', 0),
        ('"many"', 0),
        ('"07"', 0),
    ],
)
def test_new_literals_are_valued_like_old_ones(value: str, wrong: int) -> None:
    written = value if "^^" in value else f"{value}^^xsd:integer"
    shapes = turtle("ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:maxInclusive 9007199254740992 .")
    added = list(turtle(f"ex:b ex:p {written} ; ex:q {written} ."))
    data = list(turtle('ex:a ex:p 9007199254740992 ; ex:q "x"@en , 12 .'))
    follow(data, tuple(shapes), [(added, []), ([], added), (added, data)])
    with Columns.load(quads(data)) as changing:
        report = revalidate(changing, tuple(shapes), columns.validate(changing, shapes), quads(added), [])
        assert columns.validate(changing, tuple(shapes)) == report
    assert len(report.results) == wrong + ("many" in value)


def steps(data: list[Triple], chosen: random.Random, often: int, most: int) -> list[tuple[list[Triple], list[Triple]]]:
    """Changes that take statements away and, later, give some of them back."""
    away: list[Triple] = []
    found = []
    for _ in range(often):
        removed = chosen.sample(data, k=chosen.randint(1, most))
        added = chosen.sample(away, k=min(len(away), most // 2))
        found.append((added, removed))
        away = [triple for triple in {*away, *removed} if triple not in added]
        away.sort()
    return found


@pytest.mark.parametrize("name", [*QUERIES, *GROUPED])
def test_sparql(name: str) -> None:
    query = GROUPED.get(name)
    if query is None:
        selected = " ".join(f"?{word}" for word in ("value", "path") if f"?{word}" in QUERIES[name])
        query = f"SELECT $this {selected} WHERE {{ {QUERIES[name]} }}"
    data, chosen = random_data(1), random.Random(name)
    follow(data, tuple(shape_with(query)), steps(data, chosen, 3, 3))


def _rulebook(seed: int, often: int) -> None:
    data = list(dict.fromkeys(read_triples(sorted(STORY.glob("*.ttl")))))
    everything = [*operations.background(), *data]
    chosen = random.Random(seed)
    follow(
        everything, tuple(operations.rulebook_for("mcqms", dt.date(2026, 6, 30)).shapes), steps(data, chosen, often, 4)
    )


@pytest.mark.slow
def test_the_rulebook_on_a_story() -> None:
    _rulebook(seed=1, often=2)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_the_rulebook_on_a_story_often(seed: int) -> None:
    _rulebook(seed, often=12)
