"""Transitive closures, node by node: what any number of steps lead to, forwards or backwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mcqms_kg.shacl.near.kinds import Value
from mcqms_kg.shacl.near.order import Known
from mcqms_kg.shacl.near.rows import Follow, Row, agreeing_again
from mcqms_kg.shacl.plans import plan as p

if TYPE_CHECKING:
    from mcqms_kg.shacl.near.answers import Answers


def _reach(answers: Answers, plan: p.Reach, known: Known) -> Follow:
    if "focus" not in known and "value" in known:
        return _reaching(answers, plan)
    start, step = answers.follow(plan.start, known - {"value"}), answers.follow(plan.step, frozenset({"here"}))

    def follow(row: Row) -> Iterator[Row]:
        reached: dict[Value, set[Value]] = {}
        for begun in start({name: row[name] for name in row if name != "value"}):
            seen = reached.setdefault(begun["focus"], set())
            for value in _closure(begun["value"], step, "here", "there", seen):
                yield {"focus": begun["focus"], "value": value}

    return agreeing_again(follow, known - {"focus"})


def _reaching(answers: Answers, plan: p.Reach) -> Follow:
    """Backwards: from a value to all that reach it."""
    start, step = answers.follow(plan.start, frozenset({"value"})), answers.follow(plan.step, frozenset({"there"}))

    def follow(row: Row) -> Iterator[Row]:
        seen = set()
        for value in _closure(row["value"], step, "there", "here", set()):
            for begun in start({"value": value}):
                if begun["focus"] not in seen:
                    seen.add(begun["focus"])
                    yield {"focus": begun["focus"], "value": row["value"]}

    return follow


def _closure(begin: Value, step: Follow, here: str, there: str, seen: set[Value]) -> Iterator[Value]:
    """What was not seen before and can be reached; every unseen node is seen from now on."""
    waiting = [] if begin in seen else [begin]
    seen.update(waiting)
    while waiting:
        node = waiting.pop()
        yield node
        for found in step({here: node}) if node is not None else ():
            if found[there] not in seen:
                seen.add(found[there])
                waiting.append(found[there])


FOLLOW: Mapping[type, Callable[[Any, Any, Known], Follow]] = {
    p.Reach: _reach,
}
