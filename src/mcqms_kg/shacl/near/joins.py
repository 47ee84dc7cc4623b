"""Joins, semi-joins and anti-joins, node by node: the rows of several plans that agree in the columns they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.order import Known, depth, ordered
from mcqms_kg.shacl.near.rows import Follow, Row, agreeing_again, is_any
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.plan import Plan

if TYPE_CHECKING:
    from mcqms_kg.shacl.near.answers import Answers


def _join(answers: Answers, plan: p.Join, known: Known) -> Follow:
    steps: list[tuple[Follow, tuple[str, ...]]] = []
    so_far = known
    for part in ordered(plan, known):
        needed = so_far & frozenset(part.columns)
        steps.append((answers.follow(part, needed), tuple(needed)))
        so_far |= frozenset(part.columns)

    def step(place: int, row: Row) -> Iterator[Row]:
        if place == len(steps):
            yield row
            return
        follow, needed = steps[place]
        given = {name: row[name] for name in needed}
        if None not in given.values():
            for found in follow(given):
                yield from step(place + 1, {**row, **found})

    return lambda row: step(0, row)


def _keep(answers: Answers, plan: p.Keep, known: Known) -> Follow:
    left, agrees = answers.follow(plan.left, known), _agreeing(answers, plan.left, plan.right)
    if _is_quicker(plan.right, plan.left, known):
        return lambda row: left(row) if is_any(agrees(row)) else ()
    return lambda row: (found for found in left(row) if is_any(agrees(found)))


def _drop(answers: Answers, plan: p.Drop, known: Known) -> Follow:
    left, agrees = answers.follow(plan.left, known), _agreeing(answers, plan.left, plan.right)
    if _is_quicker(plan.right, plan.left, known):
        return lambda row: () if is_any(agrees(row)) else left(row)
    return lambda row: (found for found in left(row) if not is_any(agrees(found)))


def _is_quicker(right: Plan, left: Plan, known: Known) -> bool:
    """Whether the right side can be asked first, and has less to look up; for what is known entirely, the order is free."""
    if not known.issuperset(left.columns):
        return False
    return depth(right) < depth(left)


def _agreeing(answers: Answers, left: Plan, right: Plan) -> Follow:
    """The rows of the right side that agree with a row of the left; what is unbound agrees with nothing."""
    shared = tuple(name for name in left.columns if name in right.columns)
    follow = answers.follow(right, frozenset(shared))

    def agreeing(row: Row) -> Iterable[Row]:
        given = {name: row[name] for name in shared}
        return () if None in given.values() else follow(given)

    return agreeing


def _optional(answers: Answers, plan: p.Optional, known: Known) -> Follow:
    if plan.condition is not None:
        raise Unsupported("A condition on what is optional")
    mine = known & frozenset(plan.left.columns)
    left, agrees = answers.follow(plan.left, mine), _agreeing(answers, plan.left, plan.right)
    alone = dict.fromkeys(plan.right.columns)

    def follow(row: Row) -> Iterator[Row]:
        for found in left({name: row[name] for name in mine}):
            extended = False
            for other in agrees(found):
                extended = True
                yield {**found, **other}
            if not extended:
                yield {**alone, **found}

    return agreeing_again(follow, known - mine)


def _union(answers: Answers, plan: p.Union, known: Known) -> Follow:
    """A column that a part lacks is unbound, and agrees with nothing that is known."""
    parts = [answers.follow(part, known) for part in plan.parts if known <= set(part.columns)]
    unbound = dict.fromkeys(plan.columns)
    whole = all(set(part.columns) == set(plan.columns) for part in plan.parts)

    def follow(row: Row) -> Iterator[Row]:
        for part in parts:
            yield from part(row) if whole else ({**unbound, **found} for found in part(row))

    return follow


FOLLOW: Mapping[type, Callable[[Any, Any, Known], Follow]] = {
    p.Join: _join,
    p.Keep: _keep,
    p.Drop: _drop,
    p.Optional: _optional,
    p.Union: _union,
}
