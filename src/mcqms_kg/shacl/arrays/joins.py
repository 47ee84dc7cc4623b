"""Rows of several plans together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mcqms_kg.shacl.arrays.held import Sorted
from mcqms_kg.shacl.arrays.patterns import is_near, near, pairs_of
from mcqms_kg.shacl.arrays.sets import Mask, is_among
from mcqms_kg.shacl.arrays.table import NONE, Table, bounded, distinct, empty, keys, spread
from mcqms_kg.shacl.near.order import parts
from mcqms_kg.shacl.plans import plan as p

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering

_BEYOND = 1 << 60
_FEW = 8
"""For so few objects their subjects are found one after the other."""


def _join(answering: Answering, plan: p.Join) -> Table:
    """The parts one after the other: that with the fewest rows first, then what shares a column with those before it."""
    waiting = list(parts(plan))
    first = min(waiting, key=lambda part: _size(answering, part))
    waiting.remove(first)
    table = answering.table(first)
    while waiting and table.size:
        part = min(waiting, key=lambda part: (not _shared(table, part), _size(answering, part)))
        waiting.remove(part)
        table = _extended(answering, table, part)
    return table.picked((name, name) for name in plan.columns) if not waiting else empty(plan.columns)


def _size(answering: Answering, plan: p.Plan) -> int:
    """How many rows a plan gives, as far as that is known at once."""
    if isinstance(plan, p.Select):
        return _size(answering, plan.plan)
    if is_near(plan):
        return _BEYOND + 1
    if isinstance(plan, p.Triples):
        pairs = pairs_of(answering, plan)
        if isinstance(plan.object, p.Const):
            return len(pairs.subjects(answering.number(plan.object.term)))
        return len(pairs.s)
    if isinstance(plan, p.Named | p.Subclasses):
        return answering.table(plan).size
    return len(plan.terms) if isinstance(plan, p.Terms) else _BEYOND


def _shared(table: Table, plan: p.Plan) -> list[str]:
    return [name for name in plan.columns if name in table.columns]


def _extended(answering: Answering, table: Table, part: p.Plan) -> Table:
    if (around := near(answering, table, part)) is not None:
        return joined(table, around)
    pattern = _as_pattern(part)
    if pattern is None or not _shared(table, pattern):
        return joined(table, answering.table(part))
    subject, object_ = pattern.subject.name, pattern.object.name  # type: ignore[union-attr]  # both are variables
    pairs = pairs_of(answering, pattern)
    if subject in table.columns:
        return _looked_up(table, pairs.by_subject, subject, object_)
    if table.size > _FEW:
        return _looked_up(table, pairs.by_object, object_, subject)
    found = [pairs.subjects(number) for number in table.columns[object_].tolist()]
    owner = np.repeat(np.arange(table.size), [len(one) for one in found])
    return table.taken(owner).with_column(subject, np.concatenate(found))


def _as_pattern(plan: p.Plan) -> p.Triples | None:
    """The plan as a pattern of two different variables, where it is one under other names."""
    if isinstance(plan, p.Triples):
        slots = (plan.subject, plan.object)
        is_one = all(isinstance(slot, p.Var) for slot in slots) and slots[0] != slots[1]
        return plan if is_one and isinstance(plan.predicate, p.Const) else None
    if not isinstance(plan, p.Select) or (inner := _as_pattern(plan.plan)) is None:
        return None
    new = {old: new for new, old in plan.picked}
    if len(plan.picked) != 2 or len(new) != 2:
        return None
    s, o = (p.Var(new[slot.name]) for slot in (inner.subject, inner.object))  # type: ignore[union-attr]  # variables
    return p.Triples(s, inner.predicate, o, inner.graph)


def _looked_up(table: Table, pairs: Sorted, here: str, there: str) -> Table:
    """Each row with what stands beside its node; what stood there before must be the same."""
    owner, places = spread(*pairs.ranges(table.columns[here]))
    found = pairs.there[places]
    if there in table.columns:
        return table.taken(owner[table.columns[there][owner] == found])
    return table.taken(owner).with_column(there, found)


def joined(left: Table, right: Table) -> Table:
    """Each row of the left with each of the right that agrees."""
    on = [name for name in left.columns if name in right.columns]
    if not on:
        size = bounded(left.size * right.size)
        owner, places = np.divmod(np.arange(size), max(right.size, 1))
    else:
        one, other = keys(left, right, on)
        ordered = Sorted.by(other, np.arange(right.size))
        owner, found = spread(*ordered.ranges(one))
        places = ordered.there[found]
    rest = [(name, name) for name in right.columns if name not in on]
    more = right.picked(rest).taken(places)
    return Table({**left.taken(owner).columns, **more.columns}, len(owner))


def _agreeing(answering: Answering, left: Table, right: p.Plan) -> Mask:
    """Which rows of the left agree with some row of the right."""
    on = _shared(left, right)
    if not left.size:
        return np.zeros(0, np.bool_)
    table = near(answering, left, right) if on else None
    table = answering.table(right) if table is None else table
    if not on:
        return np.full(left.size, table.size > 0)
    return is_among(*keys(left, table, on))


def _keep(answering: Answering, plan: p.Keep) -> Table:
    left = answering.table(plan.left)
    return left.where(_agreeing(answering, left, plan.right))


def _drop(answering: Answering, plan: p.Drop) -> Table:
    left = answering.table(plan.left)
    return left.where(~_agreeing(answering, left, plan.right))


def _optional(answering: Answering, plan: p.Optional) -> Table:
    left, right = answering.table(plan.left), answering.table(plan.right)
    if plan.condition is not None:
        right = distinct(answering.filtered(joined(left, right), plan.condition, p.Join(plan.left, plan.right)))
    extended = joined(left, right)
    on = [name for name in left.columns if name in right.columns]
    if not on:
        return extended if right.size else united(plan.columns, left)
    return united(plan.columns, extended, left.where(~is_among(*keys(left, right, on))))


def united(names: tuple[str, ...], *tables: Table) -> Table:
    """The rows of all tables; a column that one lacks is unbound."""
    columns = {
        name: np.concatenate([t.columns[name] if name in t.columns else np.full(t.size, NONE) for t in tables])
        for name in names
    }
    return Table(columns, sum(t.size for t in tables))


def _union(answering: Answering, plan: p.Union) -> Table:
    return united(plan.columns, *(answering.table(part) for part in plan.parts))


ANSWERS: Mapping[type, Callable[[Any, Any], Table]] = {
    p.Join: _join,
    p.Keep: _keep,
    p.Drop: _drop,
    p.Optional: _optional,
    p.Union: _union,
}
