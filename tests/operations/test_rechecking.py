"""A dataset that is followed from version to version gives the reports that checks from nothing give, byte for byte."""

from __future__ import annotations

import os
import random
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg import operations
from mcqms_kg.errors import Cancelled, EmptyInput
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import CheckReport
from mcqms_kg.operations import rechecking
from mcqms_kg.operations.rechecking import Following
from mcqms_kg.report import FORMATS
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate

EXAMPLES = int(os.environ.get("MCQMS_DIFFERENTIAL_EXAMPLES", "2"))
STORY = Path(__file__).resolve().parents[2] / "data" / "polytechnic-networks"
DAY = "2026-06-30"
BLANKS = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/polytechnic-networks/> .
ex:extra a mc:MicroCredential ; rdfs:label "Extra"@en ; mc:isOfferedBy ex:provider ; mc:workloadHours 10.50 ;
  mc:hasOutcome [ a mc:LearningOutcome ; rdfs:label "One"@en ] , [ a mc:LearningOutcome ; rdfs:label "Two"@en ] .
"""


def same(found: CheckReport, expected: CheckReport) -> None:
    for known in FORMATS.values():
        assert known.write(found, "en") == known.write(expected, "en"), known.name


def statements() -> list[str]:
    """The story as lines, a few hundred of them."""
    lines = [f"{s} {p} {o} ." for s, p, o in read_triples(sorted(STORY.glob("*.ttl")))]
    return random.Random(1).sample(lines, 200)


LINES = statements()
picks = st.lists(st.integers(0, len(LINES) - 1), max_size=5)


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
    derandomize="MCQMS_DIFFERENTIAL_EXAMPLES" not in os.environ,
)
@given(changes=st.lists(st.tuples(picks, picks), min_size=2, max_size=2))
def test_random_changes(tmp_path: Path, changes: list[tuple[list[int], list[int]]]) -> None:
    """Lines go and come back, and with each step blank nodes are named anew."""
    path, more = tmp_path / "a.nt", tmp_path / "b.ttl"
    held = dict.fromkeys(LINES[:-20])
    following = Following(operations.as_date(DAY))
    try:
        for number, (gone, came) in enumerate([([], []), *changes]):
            for line in gone:
                held.pop(LINES[line], None)
            held |= dict.fromkeys(LINES[line] for line in came)
            path.write_text("\n".join(held))
            more.write_text(BLANKS.replace("10.50", f"{number}0.50").replace('"One"', f'"One {len(gone)}"'))
            same(following.check([path, more]), operations.check([path, more], as_of=DAY))
    finally:
        following.close()


def test_a_small_change_asks_little_and_a_large_one_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(BLANKS)
    following = Following(operations.as_date(DAY))
    whole, part = Mock(wraps=columns.validate), Mock(wraps=revalidate)
    monkeypatch.setattr(columns, "validate", whole)
    monkeypatch.setattr(rechecking, "revalidate", part)
    first = following.check([path])
    assert (whole.call_count, part.call_count) == (1, 0)
    path.write_text(BLANKS.replace("10.50", "11.50"))
    second = following.check([path])
    assert (whole.call_count, part.call_count) == (1, 1)
    assert second.checked != first.checked and following.statements > 5_000
    monkeypatch.setattr(rechecking, "_MANY", 0)
    path.write_text(BLANKS)
    same(following.check([path]), first)
    assert (whole.call_count, part.call_count) == (2, 1)
    following.close()


def test_what_failed_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(BLANKS)
    following = Following(operations.as_date(DAY))
    first = following.check([path])
    cancel = Cancel()
    cancel.cancel()
    path.write_text(BLANKS.replace("Extra", "More"))
    with pytest.raises(Cancelled):
        following.check([path], cancel=cancel)
    assert following.statements == 0
    path.write_text("")
    with pytest.raises(EmptyInput):
        following.check([path])
    path.write_text(BLANKS)
    same(following.check([path]), first)
    following.close()
