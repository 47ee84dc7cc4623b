"""What DuckDB and Spark say differently, and sqlglot passes through unchanged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlglot import exp

RE2 = "matches_re2"
"""The function on Spark that runs a regular expression as DuckDB does."""

_RENAMED = {
    "starts_with": "startswith",
    "ends_with": "endswith",
    "error": "raise_error",
    "epoch_us": "unix_micros",
    "regexp_matches": RE2,
}


def to_spark(tree: exp.Expr) -> exp.Expr:
    """A new tree in Spark's words. Macros stay calls, and recursive queries stay recursive."""
    return tree.copy().transform(_node, copy=False)


def sql(tree: exp.Expr, *, pretty: bool = False) -> str:
    return tree.sql("spark", pretty=pretty, normalize_functions=False)


def _node(node: exp.Expr) -> exp.Expr:
    for kind, write in _WRITERS.items():
        if isinstance(node, kind):
            return write(node)
    return node


def _function(node: exp.Expr) -> exp.Expr:
    name = node.name.lower()
    if name == "to_months":
        return exp.Anonymous(this="make_ym_interval", expressions=[exp.Literal.number(0), *node.expressions])
    if name in _RENAMED:
        node.set("this", _RENAMED[name])
    return node


def _slice(node: exp.Expr) -> exp.Expr:
    """Of a text, what lies between two places; a negative end counts from behind."""
    (part,) = node.expressions
    first, last = int(part.this.name), -int(part.expression.this.name)
    length = exp.Anonymous(this="length", expressions=[node.this.copy()])
    kept = exp.Sub(this=length, expression=exp.Literal.number(first - last - 2))
    return exp.Anonymous(this="substring", expressions=[node.this, exp.Literal.number(first), kept])


def _type(node: exp.Expr) -> exp.Expr:
    """DuckDB's timestamps are points in UTC here, and Spark counts microseconds only of those with a time zone."""
    if node.this in (exp.DataType.Type.TIMESTAMP, exp.DataType.Type.TIMESTAMPNTZ):
        return exp.DataType(this=exp.DataType.Type.TIMESTAMPTZ)
    return node


_WRITERS: Mapping[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Anonymous: _function,
    exp.Bracket: _slice,
    exp.DataType: _type,
}
