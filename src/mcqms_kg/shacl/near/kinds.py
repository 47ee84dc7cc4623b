"""What the columns of a plan hold: numbers of terms, or what was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.itself import Itself
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Plan, Var

Value = int | str | Decimal | bool | None
Read = Callable[[Mapping[str, Value]], Value]
"""What an expression says of a row."""
Kinds = Mapping[str, str]
"""The columns that hold something else than the number of a term: `number` or `text`."""


def kinds(plan: Plan) -> dict[str, str]:
    return _kinds(Itself(plan))


@lru_cache(maxsize=100_000)
def _kinds(itself: Itself) -> dict[str, str]:
    plan = itself.plan
    if isinstance(plan, p.Group):
        inner = kinds(plan.plan)
        return {k: v for k, v in inner.items() if k in plan.keys} | {
            name: "number" for name, call in plan.aggregates if call.function != p.TERM
        }
    if isinstance(plan, p.Select):
        inner = kinds(plan.plan)
        return {new: inner[old] for new, old in plan.picked if old in inner}
    if isinstance(plan, p.Extend):
        inner = kinds(plan.plan)
        kind = kind_of(plan.expression, inner)
        return inner if kind == "term" else {**inner, plan.column: kind}
    if isinstance(plan, p.Union):
        return {}
    below = (getattr(plan, name, None) for name in ("plan", "right", "left"))
    return {column: kind for part in below if part is not None for column, kind in kinds(part).items()}


def kind_of(expression: Expression, kinds: Kinds) -> str:
    """What a computed column holds; SQL is written only for what is not told at once. Raises `Unsupported` as SQL does."""
    if isinstance(expression, Const) or getattr(expression, "function", "") == p.TERM:
        return "term"
    if isinstance(expression, Var):
        return kinds.get(expression.name, "term")
    if isinstance(expression, Call) and not kinds and all(isinstance(side, Var) for side in expression.arguments):
        if expression.function in ("iri_or_nothing", "coalesce"):
            return "term"
        if expression.function == "language":
            return "text"
    from mcqms_kg.shacl.near.written import written  # SQL is written by a package that takes long to import

    return written(expression, columns_of(expression), kinds)[0]


def columns_of(expression: object) -> tuple[str, ...]:
    if isinstance(expression, Var):
        return (expression.name,)
    if isinstance(expression, Call):
        return tuple(dict.fromkeys(name for argument in expression.arguments for name in columns_of(argument)))
    return ()
