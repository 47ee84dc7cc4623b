"""The smallest pieces of SQL: columns, tables, and the number of a term."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.graph.columns_tags import tag_of
from mcqms_kg.model import Term


def column(table_: str, name: str) -> exp.Column:
    return exp.Column(this=exp.to_identifier(name), table=exp.to_identifier(table_))


def table(name: str, alias: str) -> exp.Table:
    return exp.Table(this=exp.to_identifier(name), alias=exp.TableAlias(this=exp.to_identifier(alias)))


def same(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.EQ(this=left.copy(), expression=right.copy())


def text(content: str) -> exp.Expression:
    return exp.Literal.string(content)


def call(function: str, *arguments: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=function, expressions=[a.copy() for a in arguments])


def number_of(term: Term) -> exp.Expression:
    """The number of a term that stands in a shape."""
    tag = tag_of(term)
    return call("iri", text(term)) if tag == 0 else call("term", exp.Literal.number(tag), text(term))


def tag(id_: exp.Expression) -> exp.Expression:
    return call("tag", id_)
