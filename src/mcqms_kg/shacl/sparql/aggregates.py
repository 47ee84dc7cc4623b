"""GROUP BY and aggregates of SPARQL: what is asked of a group, and what a group without rows answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.plan import TERM, Call, Const, Expression, Var
from mcqms_kg.shacl.sparql.basic import Pattern
from mcqms_kg.shacl.sparql.expressions import ZERO, translated
from mcqms_kg.sparql.expressions import Aggregate
from mcqms_kg.sparql.expressions import Expression as Asked
from mcqms_kg.sparql.walk import variables

AGGREGATE = "aggregate_"
"""How the columns begin that hold what aggregates count or add up: numbers, no terms."""


MEMBERS = "of_group_"
"""How the columns begin that hold what aggregates give as terms."""
_AS_TERMS = {"AVG": "average", "MIN": "least", "MAX": "greatest"}


def term_call(aggregate: Aggregate, inner: Pattern, constants: Mapping[str, Const]) -> Call:
    """An aggregate whose value is a term."""
    kind = aggregate.function
    if aggregate.argument is None:
        return Call(TERM, (_count_of_all(aggregate),))
    if kind == "GROUP_CONCAT" or (aggregate.distinct and kind in ("SUM", "AVG")):
        raise Unsupported(f"The aggregate {'DISTINCT ' * aggregate.distinct}{kind}")
    value = _value(aggregate.argument, inner, constants)
    if kind == "COUNT":
        return Call(TERM, (Call("count_distinct" if aggregate.distinct else "count", (value,)),))
    return Call(TERM, (Call(_AS_TERMS.get(kind, kind.lower()), (value,)),))


OF_NOTHING_ZERO = ("COUNT", "SUM", "AVG")
"""Aggregates that are 0 for a group without rows (SPARQL 1.1, 18.5.1)."""
_LENIENT = ("coalesce", "if", "or", "and", "bound", "is_not_true", "or_zero")
"""Functions that may have a value where an argument has none."""


def if_any(members: str, expression: Expression) -> Expression:
    """What an aggregate gives for a group, and 0 where no row is in it."""
    return Call("if", (Call("bound", (Var(members),)), expression, ZERO))


def as_term(expression: Expression) -> Expression:
    return Call(TERM, (expression,)) if isinstance(expression, Call) else expression


def renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """The expression on columns of other names."""
    if isinstance(expression, Var):
        return Var(names.get(expression.name, expression.name))
    if not isinstance(expression, Call):
        return expression
    parts = (renamed(one, names) if isinstance(one, Var | Call) else one for one in expression.arguments)
    return Call(expression.function, tuple(parts))


def without_unbound(expression: Expression) -> Expression:
    """The expression, where a function of what nothing binds is an error as that is."""
    if not isinstance(expression, Call) or not expression.arguments:
        return expression
    parts = tuple(without_unbound(one) if isinstance(one, Var | Const | Call) else one for one in expression.arguments)
    fails = expression.function not in _LENIENT and any(getattr(one, "function", "") == "unbound" for one in parts)
    return Call("unbound", ()) if fails else Call(expression.function, parts)


def fails_without(expression: Expression, columns: set[str]) -> bool:
    """Whether the expression is certainly an error where none of these columns is bound."""
    if isinstance(expression, Var):
        return expression.name in columns
    if not isinstance(expression, Call) or expression.function in _LENIENT:
        return False
    return any(fails_without(one, columns) for one in expression.arguments if isinstance(one, Var | Call))


def _unbound(argument: Asked, inner: Pattern) -> dict[str, Expression]:
    """Variables of an aggregate that no row of a group binds, such as the name that the aggregate gets itself."""
    known = {*inner.plan.columns, *inner.computed}
    return {name: Call("unbound", ()) for name in variables(argument) - known}


def _value(argument: Asked, inner: Pattern, constants: Mapping[str, Const]) -> Expression:
    known = {**_unbound(argument, inner), **constants, **inner.computed}
    return without_unbound(translated(argument, known, computes=True))


def aggregate_call(aggregate: Aggregate, inner: Pattern, constants: Mapping[str, Const]) -> Call:
    """An aggregate whose value is a number for SQL."""
    kind, distinct = aggregate.function, aggregate.distinct
    if aggregate.argument is None:
        return _count_of_all(aggregate)
    if kind not in ("COUNT", "SUM") or (distinct and kind == "SUM"):
        raise Unsupported(f"The aggregate {'DISTINCT ' * distinct}{kind}")
    if _unbound(aggregate.argument, inner).keys() - constants.keys():
        raise Unsupported("An aggregate of what nothing binds")
    expression = translated(aggregate.argument, {**constants, **inner.computed})
    return Call(f"{kind.lower()}{'_distinct' * distinct}", (expression,))


def _count_of_all(aggregate: Aggregate) -> Call:
    if aggregate.distinct:
        raise Unsupported("COUNT(DISTINCT *)")
    return Call("count", ())


def of_nothing(expression: Expression) -> Expression:
    """COUNT and SUM of a group without rows are 0; anything else stays as it is."""
    return Call("or_zero", (expression,)) if getattr(expression, "name", "").startswith(AGGREGATE) else expression


def columns_of(expression: object) -> Iterator[str]:
    if isinstance(expression, Var):
        yield expression.name
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from columns_of(argument)
