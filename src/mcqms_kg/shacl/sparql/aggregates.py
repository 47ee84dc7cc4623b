"""GROUP BY and aggregates of SPARQL: what is asked of a group, and what a group without rows answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib.plugins.sparql.parserutils import CompValue

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Var
from mcqms_kg.shacl.sparql.basic import Pattern
from mcqms_kg.shacl.sparql.expressions import translated

AGGREGATE = "aggregate_"
"""How the columns begin that hold what aggregates count or add up: numbers, no terms."""


def aggregate_call(aggregate: CompValue, inner: Pattern, constants: Mapping[str, Const]) -> Call:
    kind = aggregate.name.removeprefix("Aggregate_").lower()
    distinct = bool(aggregate.distinct)
    if kind == "count" and str(aggregate.vars) == "*":
        if distinct:
            raise Unsupported("COUNT(DISTINCT *)")
        return Call("count", ())
    if kind not in ("count", "sum") or (distinct and kind == "sum"):
        raise Unsupported(f"The aggregate {'DISTINCT ' * distinct}{kind.upper()}")
    expression = translated(aggregate.vars, {**constants, **inner.computed})
    return Call(f"{kind}_distinct" if distinct else kind, (expression,))


def of_nothing(expression: Expression) -> Expression:
    """COUNT and SUM of a group without rows are 0; anything else stays as it is."""
    return Call("or_zero", (expression,)) if getattr(expression, "name", "").startswith(AGGREGATE) else expression


def columns_of(expression: object) -> Iterator[str]:
    if isinstance(expression, Var):
        yield expression.name
    elif isinstance(expression, Call):
        for argument in expression.arguments:
            yield from columns_of(argument)
