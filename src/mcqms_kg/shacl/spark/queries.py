"""A query of the engine as text for Spark: recursive parts and searches taken out, macros written out, terms as numbers."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from mcqms_kg.model import Term
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.spark.dialect import sql, to_spark
from mcqms_kg.shacl.spark.macros import expanded
from mcqms_kg.shacl.spark.parts import Parts
from mcqms_kg.shacl.spark.searches import XPATH

Number = Callable[[Term], int]


def runnable(query: exp.Query, number: Number, tables: dict[str, str], parts: Parts) -> str:
    """The text; some tables go by another name. Raises `Unsupported` where the query grows beyond bounds."""
    tree = expanded(to_spark(query))
    _number_terms(tree, number)
    for table in tree.find_all(exp.Table):
        if table.name in tables:
            table.set("this", exp.to_identifier(tables[table.name]))
    assert isinstance(tree, exp.Query)  # noqa: S101  # a query stays one
    return sql(parts.taken_out(tree))


def searching(search: Search, candidates: str) -> str:
    """The query for the numbers of the texts that match."""
    asked = exp.Anonymous(
        this=XPATH, expressions=[exp.column("text"), *map(exp.Literal.string, (search.pattern, search.flags))]
    )
    return f"SELECT id FROM ({candidates}) WHERE {sql(asked)}"


def _number_terms(tree: exp.Expr, number: Number) -> None:
    for call in list(tree.find_all(exp.Anonymous)):
        if call.name in ("iri", "term"):
            call.replace(exp.Literal.number(number(Term(call.expressions[-1].this))))
