"""Distinct, projection, selection and extension of rows, for all nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.kinds import Read, Value, columns_of, kinds
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.rows import Rows, Wanted, key_of, picked

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering


def _distinct(answering: Answering, plan: p.Distinct, wanted: Wanted) -> Rows:
    return list(dict.fromkeys(answering.rows(plan.plan, wanted)))


def _select(answering: Answering, plan: p.Select, wanted: Wanted) -> Rows:
    inner = {old: wanted[new] for new, old in plan.picked if new in wanted}
    return picked(answering.rows(plan.plan, inner), plan.plan.columns, [old for _, old in plan.picked])


def _filter(answering: Answering, plan: p.Filter, wanted: Wanted) -> Rows:
    is_true = answering.questions.truth(plan.condition, kinds(plan.plan))
    rows = answering.rows(plan.plan, wanted)
    said, of = _said(answering, rows, plan.plan.columns, plan.condition, is_true)
    return [row for row in rows if said[of(row)] is True]


def _extend(answering: Answering, plan: p.Extend, wanted: Wanted) -> Rows:
    inner = {name: values for name, values in wanted.items() if name != plan.column}
    rows = answering.rows(plan.plan, inner)
    values = extended(answering, rows, plan.plan, plan.expression)
    return [(*row, value) for row, value in zip(rows, values, strict=True)]


def extended(answering: Answering, rows: Rows, of_plan: p.Plan, expression: p.Expression) -> list[Value]:
    """What an expression gives for each row of a plan; computed terms become terms of the columns."""
    computed = answering.questions.value(expression, kinds(of_plan))
    said, of = _said(answering, rows, of_plan.columns, expression, computed)
    if isinstance(expression, p.Call) and expression.function == p.TERM:
        numbers = answering.questions.numbers_of_new({term for term in said.values() if term is not None})  # type: ignore[misc]  # texts of terms
        said = {key: None if term is None else numbers[term] for key, term in said.items()}  # type: ignore[index]  # likewise
    return [said[of(row)] for row in rows]


def _said(
    answering: Answering, rows: Rows, columns: Sequence[str], expression: p.Expression, read: Read
) -> tuple[dict[Any, Value], Callable[[Any], Any]]:
    """What an expression says, once for all rows that are alike in its columns; what Python does not know, SQL is asked at once."""
    names = [name for name in columns_of(expression) if name in columns]
    of = key_of(columns, names)
    given = {key: dict(zip(names, (key,) if len(names) == 1 else key, strict=True)) for key in set(map(of, rows))}
    said = {key: read(row) for key, row in given.items()}
    if answering.questions.is_waiting():
        answering.questions.ask()
        said = {key: read(row) for key, row in given.items()}
        if answering.questions.is_waiting():
            raise Unsupported("A condition that stays unknown")
    return said, of


ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {
    p.Distinct: _distinct,
    p.Select: _select,
    p.Filter: _filter,
    p.Extend: _extend,
}
