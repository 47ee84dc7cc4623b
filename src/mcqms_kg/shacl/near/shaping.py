"""Distinct, projection, selection, extension and counts of rows, node by node."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.kinds import Value, kinds
from mcqms_kg.shacl.near.order import Known
from mcqms_kg.shacl.near.rows import Follow, Row, agreeing_again
from mcqms_kg.shacl.plans import plan as p

if TYPE_CHECKING:
    from mcqms_kg.shacl.near.answers import Answers


def _distinct(answers: Answers, plan: p.Distinct, known: Known) -> Follow:
    inner, columns = answers.follow(plan.plan, known), plan.columns
    if known.issuperset(columns):
        return lambda row: islice(inner(row), 1)

    def follow(row: Row) -> Iterator[Row]:
        seen = set()
        for found in inner(row):
            key = tuple([found[name] for name in columns])
            if key not in seen:
                seen.add(key)
                yield found

    return follow


def _select(answers: Answers, plan: p.Select, known: Known) -> Follow:
    given = {old: new for new, old in plan.picked if new in known}
    inner, twice = answers.follow(plan.plan, frozenset(given)), len(given) < len(known)

    def follow(row: Row) -> Iterator[Row]:
        for found in inner({old: row[new] for old, new in given.items()}):
            yield {new: found[old] for new, old in plan.picked}

    return agreeing_again(follow, known) if twice else follow


def _filter(answers: Answers, plan: p.Filter, known: Known) -> Follow:
    inner = answers.follow(plan.plan, known)
    is_true = answers.questions.truth(plan.condition, kinds(plan.plan))
    return lambda row: (found for found in inner(row) if is_true(found) is True)


def _extend(answers: Answers, plan: p.Extend, known: Known) -> Follow:
    if isinstance(plan.expression, p.Call) and plan.expression.function == p.TERM:
        raise Unsupported("A computed term")
    mine = known - {plan.column}
    inner = answers.follow(plan.plan, mine)
    computed = answers.questions.value(plan.expression, kinds(plan.plan))

    def follow(row: Row) -> Iterator[Row]:
        for found in inner({name: row[name] for name in mine}):
            yield {**found, plan.column: computed(found)}

    return agreeing_again(follow, known - mine)


def _group(answers: Answers, plan: p.Group, known: Known) -> Follow:
    mine = known & frozenset(plan.keys)
    inner, count = answers.follow(plan.plan, mine), _counting(plan)

    def follow(row: Row) -> Iterator[Row]:
        groups: dict[tuple[Value, ...], list[Row]] = {}
        for found in inner({name: row[name] for name in mine}):
            groups.setdefault(tuple([found[key] for key in plan.keys]), []).append(found)
        for key, members in groups.items():
            yield {**dict(zip(plan.keys, key, strict=True)), **count(members)}

    return agreeing_again(follow, known - mine)


def _counting(plan: p.Group) -> Callable[[list[Row]], Mapping[str, Value]]:
    """The counts of a group; raises `Unsupported` for what only SQL adds up."""
    wanted: list[tuple[str, str, str | None]] = []
    for name, call in plan.aggregates:
        counted = call.arguments[0] if call.arguments else None
        if call.function not in ("count", "count_distinct") or not isinstance(counted, p.Var | None) or not plan.keys:
            raise Unsupported("An aggregate that is no count")
        wanted.append((name, call.function, counted.name if counted else None))

    def count(members: list[Row]) -> Mapping[str, Value]:
        found: dict[str, Value] = {}
        for name, function, column in wanted:
            values: list[object] = [row[column] for row in members if row[column] is not None] if column else [*members]
            found[name] = len(set(values) if function == "count_distinct" else values)
        return found

    return count


FOLLOW: Mapping[type, Callable[[Any, Any, Known], Follow]] = {
    p.Distinct: _distinct,
    p.Select: _select,
    p.Filter: _filter,
    p.Extend: _extend,
    p.Group: _group,
}
