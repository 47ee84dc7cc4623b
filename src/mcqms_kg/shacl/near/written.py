"""Expressions in SQL, for rows that are given to the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mcqms_kg.shacl.plans.plan import Expression
from mcqms_kg.shacl.sql.blocks import Block, Source, select
from mcqms_kg.shacl.sql.functions import Functions
from mcqms_kg.shacl.sql.terms import column, table
from mcqms_kg.shacl.sql.writer import Writer

SAID = {"truth": "BOOLEAN", "text": "VARCHAR", "term": "BIGINT"}


def written(
    expression: Expression, names: tuple[str, ...], kinds: Mapping[str, str], *, truth: bool = False
) -> tuple[str, str, Writer]:
    """The expression in SQL, for rows of a table `asked_rows`: what it gives, the query, and what that needs."""
    writer = Writer()
    columns = {name: column("r", f"c{place}") for place, name in enumerate(names)}
    block = Block(dict(columns), (Source("", table("asked_rows", "r"), "r"),), kinds=dict(kinds))
    functions = Functions(writer, block)
    kind, found = ("truth", functions.truth(expression)) if truth else functions.computed(expression)
    query = select(replace(functions.block, columns={"row": column("r", "row"), kind: found}))
    return kind, query.sql("duckdb", normalize_functions=False), writer


def with_rows(kind: str, query: str, number_of_columns: int) -> str:
    """The query with its rows as parameters: their numbers, and each column of terms. Its columns are `row`, `truth`, `text`, `term`."""
    columns = "".join(f", unnest(?::BIGINT[]) AS c{n}" for n in range(number_of_columns))
    picked = ", ".join(name if name == kind else f"NULL::{type_} AS {name}" for name, type_ in SAID.items())
    return f"WITH asked_rows AS (SELECT unnest(?::BIGINT[]) AS row{columns}) SELECT row, {picked} FROM ({query})"
