"""Joins, semi-joins and anti-joins: the rows of several plans that agree in the columns they share, for all nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcqms_kg.shacl.near.order import parts
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.rows import Rows, Wanted, joined, key_of, keys, picked, shared, values_in
from mcqms_kg.shacl.sets.sizes import cheapest

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering


def _join(answering: Answering, plan: p.Join, wanted: Wanted) -> Rows:
    """The parts one after the other, each asked only about what those before it have left."""
    waiting = list(parts(plan))
    columns: tuple[str, ...] = ()
    rows: Rows = [()]
    sizes: dict[str, float] = {name: len(values) for name, values in wanted.items()}
    while waiting and rows:
        part = cheapest(answering, waiting, columns, sizes, len(rows))
        waiting.remove(part)
        known = {name: values_in(rows, columns, name) for name in shared(columns, part.columns)}
        right = answering.rows(part, {**_for(part, wanted), **known})
        rows = joined(rows, columns, right, part.columns)
        columns = tuple(dict.fromkeys((*columns, *part.columns)))
        sizes |= dict.fromkeys(part.columns, len(rows))
    return picked(rows, columns, plan.columns) if rows else []


def _for(part: p.Plan, wanted: Wanted) -> Wanted:
    return {name: values for name, values in wanted.items() if name in part.columns}


def _agreeing(answering: Answering, left: Rows, columns: Sequence[str], right: p.Plan) -> tuple[Rows, list[str]]:
    """The rows of the right side that may agree with the left, and the columns in which they must."""
    on = shared(columns, right.columns)
    if not left:
        return [], on
    return answering.rows(right, {name: values_in(left, columns, name) for name in on}), on


def _keep(answering: Answering, plan: p.Keep, wanted: Wanted) -> Rows:
    left, columns = answering.rows(plan.left, _for(plan.left, wanted)), plan.left.columns
    right, on = _agreeing(answering, left, columns, plan.right)
    if not on:
        return left if right else []
    found, of = keys(right, plan.right.columns, on), key_of(columns, on)
    return [row for row in left if of(row) in found]


def _drop(answering: Answering, plan: p.Drop, wanted: Wanted) -> Rows:
    left, columns = answering.rows(plan.left, _for(plan.left, wanted)), plan.left.columns
    right, on = _agreeing(answering, left, columns, plan.right)
    if not on:
        return [] if right else left
    found, of = keys(right, plan.right.columns, on), key_of(columns, on)
    return [row for row in left if of(row) not in found]


def _optional(answering: Answering, plan: p.Optional, wanted: Wanted) -> Rows:
    if plan.condition is not None:
        both = p.Distinct(p.Filter(p.Join(plan.left, plan.right), plan.condition))
        return answering.rows(p.Optional(plan.left, both), wanted)
    left, columns = answering.rows(plan.left, _for(plan.left, wanted)), plan.left.columns
    right, on = _agreeing(answering, left, columns, plan.right)
    alone = (None,) * (len(plan.columns) - len(columns))
    if not on:
        return joined(left, columns, right, plan.right.columns) if right else [row + alone for row in left]
    found, of = keys(right, plan.right.columns, on), key_of(columns, on)
    extended = joined(left, columns, right, plan.right.columns)
    return extended + [row + alone for row in left if of(row) not in found]


def _union(answering: Answering, plan: p.Union, wanted: Wanted) -> Rows:
    """A column that a part lacks is unbound, and agrees with nothing that is wanted."""
    rows: Rows = []
    for part in plan.parts:
        if all(name in part.columns for name in wanted if name in plan.columns):
            rows += _filled(answering.rows(part, wanted), part.columns, plan.columns)
    return rows


def _filled(rows: Rows, columns: Sequence[str], wished: Sequence[str]) -> Rows:
    if all(name in columns for name in wished):
        return picked(rows, columns, wished)
    places = [columns.index(name) if name in columns else None for name in wished]
    return [tuple([None if place is None else row[place] for place in places]) for row in rows]


ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {
    p.Join: _join,
    p.Keep: _keep,
    p.Drop: _drop,
    p.Optional: _optional,
    p.Union: _union,
}
