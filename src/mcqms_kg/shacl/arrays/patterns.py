"""Statements, given terms, and classes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.arrays.held import Pairs
from mcqms_kg.shacl.arrays.sets import Mask, Numbers, once
from mcqms_kg.shacl.arrays.table import ONE_ROW, Table, empty, numbers, of
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.classes import subclasses

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering


def _terms(answering: Answering, plan: p.Terms) -> Table:
    return of(**{plan.column: numbers(answering.number(term) for term in plan.terms)})


def _subclasses(answering: Answering, plan: p.Subclasses) -> Table:
    if plan.class_ not in answering.below:
        answering.below[plan.class_] = answering.table(p.pick(subclasses((plan.class_,)), type="type"))
    return answering.below[plan.class_]


def pairs_of(answering: Answering, plan: p.Triples) -> Pairs:
    """The statements with the predicate of a pattern. Raises `Unsupported` where it asks for any predicate, or asks the shapes."""
    if plan.graph != "triple" or not isinstance(plan.predicate, p.Const):
        raise Unsupported("A pattern of any predicate")
    return answering.held.pairs(answering.number(plan.predicate.term))


def _statements(answering: Answering, plan: p.Triples) -> Table:
    pairs, subject, object_ = pairs_of(answering, plan), plan.subject, plan.object
    if isinstance(object_, p.Const):
        found = pairs.subjects(answering.number(object_.term))
        if isinstance(subject, p.Var):
            return of(**{subject.name: found})
        return Table({}, int(np.count_nonzero(found == answering.number(subject.term))))
    if isinstance(subject, p.Const):
        return of(**{object_.name: pairs.o[pairs.s == answering.number(subject.term)]})
    if subject.name == object_.name:
        return of(**{subject.name: pairs.s[pairs.s == pairs.o]})
    return of(**{subject.name: pairs.s, object_.name: pairs.o})


@dataclass(frozen=True)
class AnyPredicate:
    """A pattern of any predicate but some."""

    pattern: p.Triples
    excluded: tuple[Term, ...]


def is_near(plan: p.Plan) -> bool:
    """Whether the plan is a pattern of any predicate, filtered or under other names."""
    return is_near(plan.plan) if isinstance(plan, p.Filter | p.Select) else of_any_predicate(plan) is not None


def of_any_predicate(plan: p.Plan) -> AnyPredicate | None:
    """The plan as such a pattern, where it is one."""
    if isinstance(plan, p.Triples):
        is_one = plan.graph == "triple" and isinstance(plan.predicate, p.Var)
        return AnyPredicate(plan, ()) if is_one else None
    if not isinstance(plan, p.Filter) or (inner := of_any_predicate(plan.plan)) is None:
        return None
    condition = plan.condition
    if not isinstance(condition, p.Call) or condition.function != "not_in":
        return None
    of, *others = condition.arguments
    if of != inner.pattern.predicate or not all(isinstance(other, p.Const) for other in others):
        return None
    return AnyPredicate(inner.pattern, (*inner.excluded, *(other.term for other in others)))  # type: ignore[union-attr]  # constants


def near(answering: Answering, table: Table, plan: p.Plan) -> Table | None:
    """The rows of a pattern of any predicate at the nodes of a table, or nothing where the plan is no such pattern."""
    if wanted := of_any_predicate(plan):
        return _around(answering, table, wanted)
    if isinstance(plan, p.Filter) and (found := near(answering, table, plan.plan)) is not None:
        return answering.filtered(found, plan.condition, plan.plan)
    if isinstance(plan, p.Select) and is_near(plan):
        known = table.picked((old, new) for new, old in plan.picked if new in table.columns)
        found = near(answering, known, plan.plan)
        return None if found is None else found.picked(plan.picked)
    return None


def _around(answering: Answering, table: Table, wanted: AnyPredicate) -> Table:
    """Raises `Unsupported` where the table has neither subject nor object."""
    slots = (wanted.pattern.subject, wanted.pattern.predicate, wanted.pattern.object)
    excluded = [answering.number(term) for term in wanted.excluded]
    for side, slot in zip("spo", slots, strict=True):
        if side != "p" and isinstance(slot, p.Var) and slot.name in table.columns:
            found = answering.held.around(side, once(table.columns[slot.name]), excluded)
            return _of_slots(answering, slots, found)
    raise Unsupported("A pattern of any predicate")


def _of_slots(answering: Answering, slots: Iterable[p.Slot], sides: Iterable[Numbers]) -> Table:
    """Statements as the rows of a pattern: constants, and variables that stand twice, must be the same."""
    columns: dict[str, Numbers] = {}
    fits: list[Mask] = []
    for slot, side in zip(slots, sides, strict=True):
        if isinstance(slot, p.Const):
            fits.append(side == answering.number(slot.term))
        elif slot.name in columns:
            fits.append(side == columns[slot.name])
        else:
            columns[slot.name] = side
    table = of(**columns)
    return table.where(np.logical_and.reduce(fits)) if fits else table


def _of_store(_answering: Answering, _plan: p.Answers) -> Table:
    raise Unsupported("A question to the embedded store")


ANSWERS: Mapping[type, Callable[[Any, Any], Table]] = {
    p.Unit: lambda _, __: ONE_ROW,
    p.Nothing: lambda _, plan: empty(plan.columns),
    p.Terms: _terms,
    p.Subclasses: _subclasses,
    p.Triples: _statements,
    p.Answers: _of_store,
}
