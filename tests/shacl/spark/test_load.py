"""Spark reads exactly the statements of the files, lexical forms as written, and numbers every term the same way in Python and in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mcqms_kg.errors import EmptyInput, McqmsError, UnreadableInput, Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term
from mcqms_kg.shacl.engines import engine_named
from shacl.spark.one_session import MASTER, needs_spark
from shacl.test_columns_load import LINES, write

if TYPE_CHECKING:
    from mcqms_kg.shacl.spark.tables import Tables

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("spark"), needs_spark]
STATEMENT = '<https://example.org/a> <https://example.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


@pytest.fixture
def tables() -> Tables:
    from mcqms_kg.shacl.spark.session import open_session
    from mcqms_kg.shacl.spark.tables import Tables

    return Tables(open_session(MASTER))


def triples(tables: Tables, *paths: Path) -> set[tuple[Term, Term, Term]]:
    from mcqms_kg.shacl.spark.load import load_files

    return set(load_files(tables, paths).triples())


def test_files_are_what_columns_read(tables: Tables, tmp_path: Path) -> None:
    long = '"' + r"\n" * 300 + '"@en-x' + "-aa" * 20
    more = f"<https://example.org/a> <https://example.org/p> {long} .\n_:x <https://example.org/p> _:x .\n"
    paths = [
        write(tmp_path, "data.nq", LINES),
        write(tmp_path, "more.nt", more),
        write(tmp_path, "with [1] {a,b}*?.nt", STATEMENT.replace("/a>", "/wild>").replace("\n", "\r\n")),
        write(tmp_path, "other.ttl", "<https://example.org/a> <https://example.org/p> 01 ."),
    ]
    with Columns.load_files(paths) as loaded:
        expected = set(loaded.triples())
    assert len(expected) == 12
    assert triples(tables, *paths) == expected


def test_numbers_are_the_same_in_sql_and_here(tables: Tables) -> None:
    from pyspark.sql import functions as f

    from mcqms_kg.graph.columns.tags import TAGS
    from mcqms_kg.shacl.spark.numbers import number_column, number_of

    texts = ["<https://example.org/é>", "_:b1", '"a"', '"a"@en', '"a"^^<https://example.org/own>', '"\\"^^<x>"']
    texts += ['"@"@en', '"a"^^<http://www.w3.org/2001/XMLSchema#own>', '""', *(f'"1"^^<{iri}>' for iri in TAGS)]
    rows = (
        tables.frame([(text,) for text in texts], "text STRING").select("text", number_column(f.col("text"))).collect()
    )
    assert {Term(text): number for text, number in rows} == {Term(text): number_of(Term(text)) for text in texts}


@pytest.mark.parametrize(
    "bad",
    [
        b"<https://example.org/a> <https://example.org/p> .",
        b"\x01<https://example.org/a>\x01<https://example.org/p>\x01<https://example.org/b>",
        b'<https://example.org/a> <https://example.org/p> "\xff" .',
        b'<https://example.org/a> <https://example.org/p> "x" <https://example.org/graph> .',
    ],
    ids=["no object", "marks of ours", "no UTF-8", "a graph in N-Triples"],
)
def test_a_line_that_is_none_is_named(tables: Tables, tmp_path: Path, bad: bytes) -> None:
    path = tmp_path / "bad.nt"
    path.write_bytes(STATEMENT.encode() + bad + b"\n")
    with pytest.raises(UnreadableInput) as caught:
        triples(tables, path)
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_parquet_columns_are_read(tables: Tables, tmp_path: Path) -> None:
    with Columns.load_files([write(tmp_path, "data.nq", LINES)]) as loaded:
        loaded.write_parquet(tmp_path / "columns")
        assert triples(tables, tmp_path / "columns") == set(loaded.triples())


def test_parquet_that_is_no_columns_is_refused(tables: Tables, tmp_path: Path) -> None:
    with Columns.load_files([write(tmp_path, "data.nt", STATEMENT)]) as loaded:
        loaded.connection.execute("UPDATE term SET id = id + 1 WHERE starts_with(text, '<')")
        loaded.write_parquet(tmp_path / "numbers")
        loaded.connection.execute("UPDATE term SET id = id | (1::BIGINT << 57)")
        loaded.write_parquet(tmp_path / "kinds")
    with pytest.raises(UnreadableInput, match="a number that no term has"):
        triples(tables, tmp_path / "numbers")
    with pytest.raises(UnreadableInput, match="does not tell its kind"):
        triples(tables, tmp_path / "kinds")
    with pytest.raises(Unsupported):
        triples(tables, tmp_path / "numbers", tmp_path / "data.nt")


def test_two_terms_with_one_number_are_refused(tables: Tables) -> None:
    from mcqms_kg.shacl.spark.data import SparkColumns
    from mcqms_kg.shacl.spark.numbers import number_of

    triple = tables.frame([(1, 1, 1)], "s BIGINT, p BIGINT, o BIGINT")
    twice = [(1, "<https://example.org/a>"), (1, "<https://example.org/b>")]
    with pytest.raises(McqmsError, match="same number"):
        SparkColumns(tables, triple, tables.frame(twice, "id BIGINT, text STRING"))
    columns = SparkColumns(tables, triple, tables.frame(twice[:1], "id BIGINT, text STRING"))
    number = number_of(Term("<https://example.org/c>"))
    tables.local("term", [(number, "<https://example.org/b>")], "id BIGINT, text STRING")
    with pytest.raises(McqmsError, match="same number"):
        columns.ensure_terms([Term("<https://example.org/c>")])


def test_no_statement_is_nothing_to_validate(tmp_path: Path) -> None:
    with pytest.raises(EmptyInput):
        engine_named("spark").validate_files([write(tmp_path, "empty.nt", "# nothing\n")], [])
