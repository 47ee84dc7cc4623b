"""After any change, validating only what the change can touch gives the report that validating everything gives."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from differential.shapes_and_data import data_triples, shapes_graphs
from differential.test_sparql_agrees import GROUPED, QUERIES, random_data, shape_with
from mcqms_kg import operations
from mcqms_kg.graph.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Quad, Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.incremental import revalidate

EXAMPLES = int(os.environ.get("MCQMS_DIFFERENTIAL_EXAMPLES", "60"))
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
                same(report, columns.validate(fresh, shapes))
            assert set(changing.triples()) == now


few = st.lists(data_triples, max_size=2)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
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
    data, chosen = random_data(1), random.Random(name)  # noqa: S311
    follow(data, tuple(shape_with(query)), steps(data, chosen, 3, 3))


def _rulebook(seed: int, often: int) -> None:
    data = list(dict.fromkeys(read_triples(sorted(STORY.glob("*.ttl")))))
    everything = [*operations.background(), *data]
    chosen = random.Random(seed)  # noqa: S311
    follow(everything, tuple(operations.rulebook_for("mcqms", dt.date(2026, 6, 30)).shapes), steps(data, chosen, often, 4))


def test_the_rulebook_on_a_story() -> None:
    _rulebook(seed=1, often=3)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 6))
def test_the_rulebook_on_a_story_often(seed: int) -> None:
    _rulebook(seed, often=12)
