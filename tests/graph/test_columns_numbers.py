"""Two terms never share a number: where a digest is too weak, the columns go over to the strong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.numbers import QUICK, STRONG
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl import columns
from shacl.shapes_in_turtle import turtle

CONSTANT = "0::BIGINT"
BY_LENGTH = "length(t)::BIGINT"
DATA = tuple(turtle("ex:a ex:p ex:b , 'x' , 1 . ex:b ex:p ex:c ."))


def triples(loaded: Columns) -> set[Triple]:
    return set(loaded.triples())


def numbers(loaded: Columns) -> tuple[int, int]:
    found = loaded.connection.execute("SELECT count(*), count(DISTINCT id) FROM term").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])


@pytest.mark.parametrize("digest", [CONSTANT, BY_LENGTH, QUICK, STRONG])
def test_quads_keep_their_terms_under_any_digest(digest: str) -> None:
    with Columns.load(((*triple, None) for triple in DATA), digest=digest) as loaded:
        assert triples(loaded) == set(DATA)
        terms, different = numbers(loaded)
        assert terms == different == 6


def test_files_keep_their_terms_under_any_digest(tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in DATA), "utf-8")
    with Columns.load_files([path], digest=CONSTANT) as loaded:
        assert triples(loaded) == set(DATA) == set(read_triples([path]))


def test_a_term_of_the_shapes_that_clashes_with_the_data_numbers_all_anew() -> None:
    data = (*DATA[:1], (Term("<https://example.org/a>"), Term("<https://example.org/longer>"), Term('"value"')))
    shapes = turtle("ex:shape sh:targetNode ex:a ; sh:path ex:longes ; sh:minCount 1 .")
    with Columns.load(((*triple, None) for triple in data), digest=STRONG) as strong:
        expected = columns.validate(strong, shapes)
        numbered = set(strong.connection.execute("FROM term").fetchall())
    with Columns.load(((*triple, None) for triple in data), digest=f"({BY_LENGTH} * 1000 + ascii(t[-3]))") as weak:
        before = numbers(weak)
        assert before[0] == before[1]
        assert columns.validate(weak, shapes) == expected
        assert triples(weak) == set(data)
        assert set(weak.connection.execute("FROM term").fetchall()) == numbered
    assert len(expected.results) == 1
