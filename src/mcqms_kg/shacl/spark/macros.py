"""The macros of the SQL, written out: Spark gets expressions where DuckDB gets calls. There is one text of them for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import sqlglot
from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.spark.dialect import to_spark
from mcqms_kg.shacl.sql.macros import DURATIONS, MACROS

NODES = 50_000
"""The largest tree that macros may grow into: a macro that uses its argument twice doubles with each nesting."""


@dataclass(frozen=True)
class Macro:
    """A macro: the names of its arguments, and what it stands for."""

    name: str
    arguments: tuple[str, ...]
    body: exp.Expr


@cache
def macros() -> Mapping[str, Macro]:
    """The macros by name, in Spark's words; `iri` and `term` are not among them, because terms become numbers."""
    found = (
        _macro(statement) for statement in sqlglot.parse(MACROS + DURATIONS, dialect="duckdb") if statement is not None
    )
    return {macro.name: macro for macro in found if macro.name not in ("iri", "term")}


def _macro(statement: exp.Expr) -> Macro:
    signature = statement.this
    return Macro(signature.this.name, tuple(a.name for a in signature.expressions), to_spark(statement.expression))


def expanded(tree: exp.Expr) -> exp.Expr:
    """The tree without macros. Raises `Unsupported` where it grows beyond bounds."""
    return _Expansion().of(tree)


class _Expansion:
    def __init__(self) -> None:
        self.nodes = 0

    def of(self, tree: exp.Expr) -> exp.Expr:
        """The tree, changed in place, innermost calls first."""
        for call in reversed(list(tree.find_all(exp.Anonymous))):
            if call.name in macros():
                written = self._written(macros()[call.name], call.expressions)
                if call is tree:
                    return written
                call.replace(written)
        return tree

    def _written(self, macro: Macro, given: list[exp.Expr]) -> exp.Expr:
        arguments = dict(zip(macro.arguments, given, strict=True))
        body = exp.Paren(this=macro.body.copy())
        for place in list(body.find_all(exp.Column)):
            if place.table in arguments:
                place.replace(_field(arguments[place.table], place.name))
            elif not place.table and place.name in arguments:
                place.replace(_enclosed(arguments[place.name]))
        self.nodes += sum(1 for _ in body.walk())
        if self.nodes > NODES:
            raise Unsupported("An expression that grows too large when its parts are written out")
        return self.of(body)


def _field(row: exp.Expr, name: str) -> exp.Expr:
    """A column of a row, which is the alias of a table or was computed."""
    if isinstance(row, exp.Column) and not row.table:
        return exp.Column(this=exp.to_identifier(name), table=exp.to_identifier(row.name))
    return exp.Dot(this=_enclosed(row), expression=exp.to_identifier(name))


def _enclosed(argument: exp.Expr) -> exp.Expr:
    simple = isinstance(argument, exp.Column | exp.Literal | exp.Paren | exp.Cast | exp.Anonymous)
    return argument.copy() if simple else exp.Paren(this=argument.copy())
