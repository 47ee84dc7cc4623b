"""The leaves of plans: statements, given terms and subclasses, for all nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.kinds import Value
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.classes import subclasses
from mcqms_kg.shacl.sets.rows import Rows, Wanted

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering


def _unit(_: Answering, _plan: p.Unit, _wanted: Wanted) -> Rows:
    return [()]


def _nothing(_: Answering, _plan: p.Nothing, _wanted: Wanted) -> Rows:
    return []


def _terms(answering: Answering, plan: p.Terms, _: Wanted) -> Rows:
    return [(answering.number(term),) for term in plan.terms]


def _subclasses(answering: Answering, plan: p.Subclasses, _: Wanted) -> Rows:
    if plan.class_ not in answering.below:
        found = answering.rows(p.pick(subclasses((plan.class_,)), type="type"))
        answering.below[plan.class_] = found
    return answering.below[plan.class_]


def _statements(answering: Answering, plan: p.Triples, wanted: Wanted) -> Rows:
    held = answering.held if plan.graph == "triple" else answering.shapes_graph()
    s, o = (_asked(answering, slot, wanted) for slot in (plan.subject, plan.object))
    if isinstance(plan.predicate, p.Const):
        number = answering.number(plan.predicate.term)
        return _fitting(plan, [(number, held.pairs(number).of(s, o))], s, o)
    predicates = wanted.get(plan.predicate.name)
    named = [n for n in held.by_predicate if predicates is None or n in predicates]
    return _fitting(plan, [(n, held.pairs(n).of(s, o)) for n in named], s, o)


def _asked(answering: Answering, slot: p.Slot, wanted: Wanted) -> Collection[Value] | None:
    return (answering.number(slot.term),) if isinstance(slot, p.Const) else wanted.get(slot.name)


def _fitting(
    plan: p.Triples,
    found: Iterable[tuple[int, Iterable[tuple[int, int]]]],
    s: Collection[Value] | None,
    o: Collection[Value] | None,
) -> Rows:
    """Rows for the variables of the pattern; the same variable twice stands for the same term."""
    subject, object_ = plan.subject, plan.object
    if isinstance(plan.predicate, p.Const) and subject != object_:
        ((_, pairs),) = found
        if isinstance(subject, p.Const):
            return [(b,) for a, b in pairs if a in s] if isinstance(object_, p.Var) else _standing(pairs, s, o)  # type: ignore[operator]  # what is wanted of a variable is a set here
        if isinstance(object_, p.Const):
            return [(a,) for a, b in pairs if b in o]  # type: ignore[operator]  # a constant is asked for
        return pairs if isinstance(pairs, list) else list(pairs)
    return _of_slots(plan, ((a, n, b) for n, pairs in found for a, b in pairs), s, o)


def _standing(pairs: Iterable[tuple[int, int]], s: Any, o: Any) -> Rows:
    return [() for a, b in pairs if a in s and b in o]


def _of_slots(plan: p.Triples, statements: Iterable[tuple[int, int, int]], s: Any, o: Any) -> Rows:
    """The general case, slot by slot."""
    slots = (plan.subject, plan.predicate, plan.object)
    given = tuple(slot.name if isinstance(slot, p.Var) else "" for slot in slots)
    fixed = (s if not given[0] else None, None, o if not given[2] else None)
    rows: Rows = []
    for statement in statements:
        if any(asked is not None and statement[place] not in asked for place, asked in enumerate(fixed)):
            continue
        bound: dict[str, int] = {}
        if all(not name or bound.setdefault(name, term) == term for name, term in zip(given, statement, strict=True)):
            rows.append(tuple(bound.values()))
    return rows


def _of_store(_answering: Answering, _plan: p.Answers, _: Wanted) -> Rows:
    raise Unsupported("A question to the embedded store")


ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {
    p.Unit: _unit,
    p.Nothing: _nothing,
    p.Terms: _terms,
    p.Subclasses: _subclasses,
    p.Triples: _statements,
    p.Answers: _of_store,
}
