"""The smallest pieces of SQL: columns, tables, and the number of a term. A node has one parent: a reused one is made afresh."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.graph.columns.tags import tag_of
from mcqms_kg.model import Term


def name(text_: str) -> exp.Identifier:
    return exp.Identifier(this=text_, quoted=False)


def column(table_: str, name_: str) -> exp.Column:
    return exp.Column(this=name(name_), table=name(table_))


def table(name_: str, alias: str) -> exp.Table:
    return exp.Table(this=name(name_), alias=exp.TableAlias(this=name(alias)))


def fresh(expression: exp.Expr) -> exp.Expr:
    """The same expression as a new tree."""
    if isinstance(expression, exp.Column) and expression.table:
        return column(expression.table, expression.name)
    if isinstance(expression, exp.Anonymous):  # sqlglot's copy of a small tree takes ten times as long
        return call(expression.this, *expression.expressions)
    if isinstance(expression, exp.Literal):
        return exp.Literal(this=expression.this, is_string=expression.is_string)
    if isinstance(expression, exp.Cast) and isinstance(expression.this, exp.Null) and not expression.to.expressions:
        return nothing(expression.to.this)
    return expression.copy()


def nothing(kind: exp.DType) -> exp.Expr:
    """NULL of a type."""
    return exp.Cast(this=exp.Null(), to=exp.DataType(this=kind))


def named(expression: exp.Expr, name_: str) -> exp.Expr:
    return exp.Alias(this=expression, alias=name(name_))


def same(left: exp.Expr, right: exp.Expr) -> exp.Expr:
    return exp.EQ(this=fresh(left), expression=fresh(right))


def text(content: str) -> exp.Expr:
    return exp.Literal(this=content, is_string=True)


def whole(number: int) -> exp.Expr:
    return exp.Literal(this=str(number), is_string=False) if number >= 0 else exp.Neg(this=whole(-number))


def call(function: str, *arguments: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this=function, expressions=[fresh(a) for a in arguments])


def number_of(term: Term) -> exp.Expr:
    """The number of a term that stands in a shape."""
    tag_ = tag_of(term)
    return call("iri", text(term)) if tag_ == 0 else call("term", whole(tag_), text(term))


def tag(id_: exp.Expr) -> exp.Expr:
    return call("tag", id_)


def is_tag(id_: exp.Expr, wanted: int) -> exp.Expr:
    return same(tag(id_), whole(wanted))


def ids_of(table_: str) -> exp.Expr:
    """The column `id` of a table, as a subquery."""
    source = exp.Table(this=exp.to_identifier(table_))
    return exp.Subquery(this=exp.Select(expressions=[exp.column("id")], from_=exp.From(this=source)))


def case(condition: exp.Expr, then: exp.Expr, otherwise: exp.Expr | None = None) -> exp.Expr:
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=condition, true=then)], default=otherwise))


def folded(operator: type[exp.Binary], parts: list[exp.Expr]) -> exp.Expr:
    """Several parts under one operator."""
    tree: exp.Expr = parts[0]
    for part in parts[1:]:
        tree = operator(this=tree, expression=part)
    return tree


def all_of(conditions: list[exp.Expr]) -> exp.Expr:
    return folded(exp.And, conditions)
