"""Expressions (SPARQL 1.1, 17): values of the query as it is written, and of its algebra."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcqms_kg.model import Term
from mcqms_kg.values import Value


class Variable(Value):
    """A variable, by its name without the sign."""

    name: str


class Call(Value):
    """An operator by its sign, or a built-in function by its name in capitals.

    `-` and `+` have one argument or two, `&&` and `||` two or more, and `IN` what is looked for before what it may be.
    """

    function: str
    arguments: tuple[Expression, ...]


class FunctionCall(Value):
    """A function by its IRI, such as a cast."""

    iri: Term
    arguments: tuple[Expression, ...]
    distinct: bool = False


class Exists(Value):
    """`EXISTS { … }`, or `NOT EXISTS`, which `negated` says: of a group as it is written, of a pattern in the algebra."""

    pattern: Any
    negated: bool = False


class Aggregate(Value):
    """An aggregate by its name in capitals; `COUNT(*)` has no argument."""

    function: str
    argument: Expression | None
    distinct: bool = False
    separator: Term | None = None


Expression = Variable | Term | Call | FunctionCall | Exists | Aggregate


def rebuilt(expression: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """The expression with its parts changed, outermost first, where there is a change for them; what was changed is not looked into."""
    changed = change(expression)
    if changed is not None:
        return changed
    if isinstance(expression, Call):
        return Call(expression.function, tuple(rebuilt(one, change) for one in expression.arguments))
    if isinstance(expression, FunctionCall):
        arguments = tuple(rebuilt(one, change) for one in expression.arguments)
        return FunctionCall(expression.iri, arguments, expression.distinct)
    return expression
