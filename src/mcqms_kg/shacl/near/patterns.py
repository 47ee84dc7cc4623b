"""The leaves of plans, node by node: statements, given terms, subclasses, and parts that several places share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.order import Known
from mcqms_kg.shacl.near.rows import Follow, Remembered, Row
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.classes import subclasses
from mcqms_kg.shacl.plans.plan import MOVED

if TYPE_CHECKING:
    from mcqms_kg.shacl.near.answers import Answers


def _unit(_answers: Answers, _plan: p.Unit, _: Known) -> Follow:
    return lambda row: (row,)


def _nothing(_answers: Answers, _plan: p.Nothing, _: Known) -> Follow:
    return lambda _: ()


def _statements(answers: Answers, plan: p.Triples, known: Known) -> Follow:
    slots = (plan.subject, plan.predicate, plan.object)
    fixed = tuple(answers.numbers(slot.term) if isinstance(slot, p.Const) else None for slot in slots)
    names = tuple(slot.name if isinstance(slot, p.Var) else "" for slot in slots)
    free = tuple((place, name) for place, name in enumerate(names) if name and name not in known)
    twice = len({name for _, name in free}) < len(free)

    def follow(row: Row) -> Iterator[Row]:
        s, predicate, o = [row.get(name) if name else number for name, number in zip(names, fixed, strict=True)]
        for statement in answers.graphs[plan.graph].match(s, predicate, o):  # type: ignore[arg-type]  # slots hold numbers
            answers.look()
            found = {**row, **{name: statement[place] for place, name in free}}
            if not twice or all(found[name] == statement[place] for place, name in free):
                yield found

    return follow if free or plan.graph != "triple" else _standing(answers, names, fixed)


def _standing(answers: Answers, names: tuple[str, ...], fixed: tuple[int | None, ...]) -> Follow:
    """For a statement of which everything is known: whether it stands."""

    def follow(row: Row) -> Iterable[Row]:
        answers.look()
        s, predicate, o = [row[name] if name else number for name, number in zip(names, fixed, strict=True)]
        return (row,) if answers.lookup.has((s, predicate, o)) else ()  # type: ignore[arg-type]  # likewise

    return follow


def _terms(answers: Answers, plan: p.Terms, known: Known) -> Follow:
    numbers = tuple(map(answers.numbers, plan.terms))
    if plan.column in known:
        return lambda row: (row for number in numbers if row[plan.column] == number)
    return lambda row: ({**row, plan.column: number} for number in numbers)


def _subclasses(answers: Answers, plan: p.Subclasses, known: Known) -> Follow:
    below = answers.follow(p.Named("subclasses", subclasses((plan.class_,))), frozenset())
    if "type" in known:
        return lambda row: (row,) if any(found["type"] == row["type"] for found in below({})) else ()
    return lambda _: ({"type": found["type"]} for found in below({}))


def _named(answers: Answers, plan: p.Named, known: Known) -> Follow:
    if plan.stored and plan.name == MOVED:
        return lambda row: _moved(answers, row)
    shared = answers.targets.setdefault(plan.plan, plan.plan) if plan.stored else plan.plan
    inner, order = answers.follow(shared, known), tuple(sorted(known))
    mine = (id(shared), known)

    def follow(row: Row) -> Iterable[Row]:
        before = answers.remembered.setdefault(mine, {})
        key = tuple([row[name] for name in order])
        if key not in before:
            before[key] = Remembered(iter(inner(row)))
        return before[key]

    return follow


def _moved(answers: Answers, row: Row) -> Iterable[Row]:
    if "focus" in row:
        return (row,) if row["focus"] in answers.moved else ()
    return ({"focus": node} for node in answers.moved)


def _of_store(_answers: Answers, _plan: p.Answers, _: Known) -> Follow:
    raise Unsupported("A question to the embedded store")


FOLLOW: Mapping[type, Callable[[Any, Any, Known], Follow]] = {
    p.Unit: _unit,
    p.Nothing: _nothing,
    p.Triples: _statements,
    p.Terms: _terms,
    p.Subclasses: _subclasses,
    p.Named: _named,
    p.Answers: _of_store,
}
