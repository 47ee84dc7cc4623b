"""Rows picked, filtered, extended, counted, and carried any number of steps on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.arrays.aggregates import as_terms
from mcqms_kg.shacl.arrays.joins import joined, united
from mcqms_kg.shacl.arrays.sets import Numbers, grouped, is_among
from mcqms_kg.shacl.arrays.table import NONE, Table, bounded, distinct, keys
from mcqms_kg.shacl.near.kinds import kinds
from mcqms_kg.shacl.plans import plan as p

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering

_PAIR = ("focus", "value")


def _distinct(answering: Answering, plan: p.Distinct) -> Table:
    return distinct(answering.table(plan.plan))


def _select(answering: Answering, plan: p.Select) -> Table:
    return answering.table(plan.plan).picked(plan.picked)


def _filter(answering: Answering, plan: p.Filter) -> Table:
    return answering.filtered(answering.table(plan.plan), plan.condition, plan.plan)


def _extend(answering: Answering, plan: p.Extend) -> Table:
    table = answering.table(plan.plan)
    return table.with_column(plan.column, answering.computed(table, plan.expression, plan.plan))


def _group(answering: Answering, plan: p.Group) -> Table:
    """Raises `Unsupported` for what only SQL adds up."""
    if not plan.keys:
        raise Unsupported("An aggregate of everything")
    table = answering.table(plan.plan)
    order, is_first = grouped([table.columns[name] for name in plan.keys])
    group = np.cumsum(is_first) - 1
    first = order[is_first]
    ordered = table.taken(order)
    found = {
        name: as_terms(answering, ordered, call, np.flatnonzero(is_first), kinds(plan.plan))
        if call.function == p.TERM
        else _count(ordered, call, group, len(first))
        for name, call in plan.aggregates
    }
    groups = table.picked((name, name) for name in plan.keys).taken(first)
    return Table({**groups.columns, **found}, groups.size)


def _count(table: Table, call: p.Call, group: Numbers, groups: int) -> Numbers:
    of = call.arguments[0] if call.arguments else None
    if call.function not in ("count", "count_distinct") or not isinstance(of, p.Var | None):
        raise Unsupported("An aggregate that is no count")
    if of is not None:
        column = table.columns[of.name]
        bound = column != NONE
        group, column = group[bound], column[bound]
        if call.function == "count_distinct":
            order, is_first = grouped([group, column])
            group = group[order[is_first]]
    return np.bincount(group, minlength=groups).astype(np.int64)


def _reach(answering: Answering, plan: p.Reach) -> Table:
    """Front by front, until nothing new is reached."""
    front = found = distinct(answering.table(plan.start).picked((name, name) for name in _PAIR))
    step = distinct(answering.table(plan.step).picked((("value", "here"), ("there", "there"))))
    while front.size:
        answering.check()
        onward = distinct(joined(front, step).picked((("focus", "focus"), ("value", "there"))))
        front = onward.where(~is_among(*keys(onward, found, _PAIR)))
        found = united(_PAIR, found, front)
        bounded(found.size)
    return found


ANSWERS: Mapping[type, Callable[[Any, Any], Table]] = {
    p.Distinct: _distinct,
    p.Select: _select,
    p.Filter: _filter,
    p.Extend: _extend,
    p.Group: _group,
    p.Reach: _reach,
}
