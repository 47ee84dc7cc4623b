"""Transitive closures: what any number of steps lead to, for all nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mcqms_kg.shacl.near.kinds import Value
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.rows import MOST, Rows, TooMuch, Wanted, picked

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering

_Steps = dict[Value, list[Value]]


def _reach(answering: Answering, plan: p.Reach, wanted: Wanted) -> Rows:
    inner = {"focus": wanted["focus"]} if "focus" in wanted else {}
    begun = set(picked(answering.rows(plan.start, inner), plan.start.columns, ("focus", "value")))
    steps = _steps(answering, plan.step, {value for _, value in begun})
    onward: dict[Value, set[Value]] = {}
    found: dict[Value, set[Value]] = {}
    size = 0
    for focus, value in begun:
        answering.check()
        if value not in onward:
            onward[value] = _closure(value, steps)
        size += len(onward[value])
        if size > MOST:
            raise TooMuch("So many rows")
        found.setdefault(focus, set()).update(onward[value])
    return [(focus, value) for focus, values in found.items() for value in values]


def _steps(answering: Answering, step: p.Plan, begin: set[Value]) -> _Steps:
    """The steps from all nodes that can be reached, a front of nodes at a time."""
    steps: _Steps = {}
    front = begin - {None}
    while front:
        steps |= {node: [] for node in front}
        for here, there in picked(answering.rows(step, {"here": front}), step.columns, ("here", "there")):
            if here in front:
                steps[here].append(there)
        front = {there for here in front for there in steps[here]} - steps.keys() - {None}
    return steps


def _closure(begin: Value, steps: _Steps) -> set[Value]:
    seen, waiting = {begin}, [begin]
    while waiting:
        for there in steps.get(waiting.pop(), ()):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {p.Reach: _reach}
