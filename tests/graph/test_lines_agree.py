"""The quick way to read lines and the careful parser accept the same files, and find the same statements in them."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import EmptyInput, UnreadableInput
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_quads, source

EXAMPLES = int(os.environ.get("MCQMS_DIFFERENTIAL_EXAMPLES", "150"))
TERMS = [
    "<http://e/a>", "<http://e/b>", "<p>", "<http://e/\\u00E9>", "<http://e/sp ace>", "<http://e/é>", "<urn:x#y>", "<http://e/{x}>",
    "_:b", "_:b.1", "_:", "_:1", "_:é", '"x"', '"two words"', '""', '"a <http://e/g> b"', '"tab\\t"', '"raw\ttab"', '"\\u00e9\\\\"',
    '"q\\"uote"', '"x"@en', '"X"@EN-gb', '"x"@', '"x"@en_gb', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"x y"^^<http://e/t>',
    '"x"^^<http://www.w3.org/2001/XMLSchema#string>', '"x"^^', "'x'", '"ends in \\\\"', '"_:b"', '"bad \\q"', '"\x7f"', '"\x01 . #"',
    "x", ".", "#", '"',
]  # fmt: skip
BETWEEN = [" ", " ", " ", " ", "  ", "\t", ""]
ENDS = [" .", " .", " .", " .", ".", "", " . ", " . # comment", "\t.", " . .", " .\r"]
LINES = ["", "# comment", "  # comment", " ", ".", "<http://e/a>"]


@st.composite
def lines(draw: st.DrawFn) -> str:
    """Mostly a statement, sometimes nearly one."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(LINES))
    subjects, predicates = st.sampled_from([*TERMS[:9], *TERMS]), st.sampled_from([*TERMS[:3], *TERMS[:3], *TERMS])
    parts = [draw(subjects), draw(predicates), draw(st.sampled_from(TERMS))]
    parts += [draw(st.sampled_from([*TERMS[:9], "_:g", '"x"']))] if draw(st.integers(0, 3)) == 0 else []
    gap = st.sampled_from(BETWEEN)
    return "".join(part if n == 0 else draw(gap) + part for n, part in enumerate(parts)) + draw(st.sampled_from(ENDS))


def shape_of(triples: list[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """Statements once each; blank nodes are alike, for each reader names them in its own way."""
    return Counter(tuple("_:" if term.startswith("_:") else term for term in triple) for triple in set(triples))


def quickly(path: Path) -> Counter[tuple[str, ...]] | None:
    try:
        with Columns.load_files([path]) as loaded:
            return shape_of(list(loaded.triples()))
    except (UnreadableInput, EmptyInput):
        return None


def carefully(path: Path) -> Counter[tuple[str, ...]] | None:
    try:
        return shape_of([quad[:3] for quad in read_quads(source(path))])
    except UnreadableInput:
        return None


@pytest.mark.parametrize("ending", [".nt", ".nq"])
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=list(HealthCheck),
    derandomize="MCQMS_DIFFERENTIAL_EXAMPLES" not in os.environ,
)
@example(['<http://e/a> <http://e/b> "a <http://e/g> b" <http://e/a> .'])
@example(['<http://e/a> <http://e/b> "a" "x" .'])
@example(["_: <http://e/b> _:b ."])
@given(given_lines=st.lists(lines(), min_size=1, max_size=3))
def test_readers_agree(ending: str, given_lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"data{ending}"
        path.write_bytes(("\n".join(given_lines) + "\n").encode())
        assert quickly(path) == carefully(path)
