"""The SQL of each component in Spark's words, pinned, and the macros that are written out where it runs.

After a change that is meant: MCQMS_WRITE_SNAPSHOTS=1 pytest tests/shacl/spark/test_sql_snapshots.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.columns import compile_all
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.spark.dialect import sql, to_spark
from mcqms_kg.shacl.spark.macros import expanded, macros
from shacl.shapes_in_turtle import turtle
from shacl.test_sql_snapshots import SHAPES

KNOWN_TO_SPARK = {"length", "substring", "startswith", "raise_error", "unix_micros", "make_ym_interval"}
KNOWN_TO_SPARK |= {"iri", "term", "matches_re2"}  # the first two become numbers, the third is ours
SNAPSHOTS = Path(__file__).parent / "snapshots"


def compare(name: str, written: str) -> None:
    path = SNAPSHOTS / f"{name}.sql"
    if os.environ.get("MCQMS_WRITE_SNAPSHOTS"):
        path.write_text(written, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("name", SHAPES)
def test_snapshot(name: str) -> None:
    compiled, beyond = compile_all(parse(turtle(f"ex:shape sh:targetClass ex:C ; {SHAPES[name]} .")))
    assert not beyond
    queries = [sql(to_spark(query.tree), pretty=True) for one in compiled for query in one.all]
    compare(name, f"-- {SHAPES[name]}\n" + ";\n\n".join(queries) + ";\n")


def test_macros() -> None:
    written = (f"-- {m.name}({', '.join(m.arguments)})\n{sql(m.body, pretty=True)}\n" for m in macros().values())
    compare("macros", "\n".join(written))


def test_every_snapshot_has_its_shape() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.sql")} == {*SHAPES, "macros"}


@pytest.mark.parametrize("name", SHAPES)
def test_nothing_of_duckdb_is_left(name: str) -> None:
    """Names of functions and forms that Spark does not know, which sqlglot passes through."""
    compiled, _ = compile_all(parse(turtle(f"ex:shape sh:targetClass ex:C ; {SHAPES[name]} .")))
    for query in (query for one in compiled for query in one.all):
        tree = expanded(to_spark(query.tree))
        assert not list(tree.find_all(exp.Slice))
        called = {call.name for call in tree.find_all(exp.Anonymous)}
        assert called <= KNOWN_TO_SPARK


def test_a_row_of_a_macro_is_the_alias_of_a_table() -> None:
    tree = expanded(to_spark(sqlglot.parse_one("SELECT exact_number(t.o, v1) FROM t", dialect="duckdb")))
    assert "v1.exact" in sql(tree)
    assert "exact_number" not in sql(tree)


def test_what_grows_beyond_bounds_is_refused() -> None:
    nested = "t.x"
    for _ in range(12):
        nested = f"tidy({nested} + 1)"
    with pytest.raises(Unsupported):
        expanded(to_spark(sqlglot.parse_one(f"SELECT {nested} FROM t", dialect="duckdb")))


def test_backslashes_and_quotation_marks_stay_what_they_are() -> None:
    tree = exp.select(exp.Literal.string("a\\.b'c\"\n"))
    assert sql(to_spark(tree)) == "SELECT 'a\\\\.b\\'c\"\\n'"
