"""Plans made functions that go from known columns to whole rows, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from itertools import islice
from typing import Protocol

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns_lookup import Lookup, Statement
from mcqms_kg.model import Term
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.near.order import Known, depth, ordered
from mcqms_kg.shacl.near.kinds import Value, kinds
from mcqms_kg.shacl.near.questions import Questions
from mcqms_kg.shacl.plan import Plan
from mcqms_kg.shacl.targets import subclasses
from mcqms_kg.shacl.touched import MOVED

Row = dict[str, Value]
Follow = Callable[[Row], Iterable[Row]]
"""From a row of known columns, none of them unbound, to the rows of the plan that agree with it."""

MOST = 400_000
"""Statements looked at for one change: beyond it SQL on everything is the quicker way."""


class TooMuch(Unsupported):
    """So many statements would have to be looked at that asking everything is quicker."""


class Statements(Protocol):
    def match(self, s: int | None, p: int | None, o: int | None) -> Iterable[Statement]: ...


@dataclass
class Few:
    """A handful of statements."""

    statements: tuple[Statement, ...] = ()

    def match(self, s: int | None, p: int | None, o: int | None) -> Iterator[Statement]:
        for found in self.statements:
            if (s is None or found[0] == s) and (p is None or found[1] == p) and (o is None or found[2] == o):
                yield found


@dataclass
class Remembered:
    """Rows that are found when somebody first comes to them, and kept: often the first is enough."""

    rest: Iterator[Row]
    found: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        place = 0
        while True:
            while place < len(self.found):
                yield self.found[place]
                place += 1
            row = next(self.rest, None)
            if row is None:
                return
            self.found.append(row)


@dataclass
class Answers:
    """Answers plans on what the graphs hold now; `begin` forgets what was answered before they changed."""

    lookup: Lookup
    graphs: dict[str, Statements]
    numbers: Callable[[Term], int]
    questions: Questions
    moved: frozenset[int] = frozenset()
    looked_at: int = 0
    compiled: dict[tuple[int, Known], tuple[Plan, Follow]] = field(default_factory=dict)
    targets: dict[Plan, Plan] = field(default_factory=dict)
    remembered: dict[tuple[int, Known], dict[tuple[Value, ...], Remembered]] = field(default_factory=dict)

    def begin(self) -> None:
        self.remembered.clear()

    def rows(self, plan: Plan, **known: int) -> list[Row]:
        return list(self.follow(plan, frozenset(known))(dict(known)))

    def follow(self, plan: Plan, known: Known) -> Follow:
        """Raises `Unsupported` where the plan computes what only SQL can."""
        key = (id(plan), known)
        if key not in self.compiled:
            self.compiled[key] = (plan, self._compile(plan, known))
        return self.compiled[key][1]

    @singledispatchmethod
    def _compile(self, plan: Plan, known: Known) -> Follow:
        raise NotImplementedError(type(plan))  # a node without a method is our mistake

    @_compile.register
    def _(self, _plan: p.Unit, _: Known) -> Follow:
        return lambda row: (row,)

    @_compile.register
    def _(self, _plan: p.Nothing, _: Known) -> Follow:
        return lambda _: ()

    @_compile.register
    def _(self, plan: p.Triples, known: Known) -> Follow:
        slots = (plan.subject, plan.predicate, plan.object)
        fixed = tuple(self.numbers(slot.term) if isinstance(slot, p.Const) else None for slot in slots)
        names = tuple(slot.name if isinstance(slot, p.Var) else "" for slot in slots)
        free = tuple((place, name) for place, name in enumerate(names) if name and name not in known)
        twice = len({name for _, name in free}) < len(free)

        def follow(row: Row) -> Iterator[Row]:
            s, predicate, o = [row.get(name) if name else number for name, number in zip(names, fixed, strict=True)]
            for statement in self.graphs[plan.graph].match(s, predicate, o):  # type: ignore[arg-type]  # slots hold numbers
                self._look()
                found = {**row, **{name: statement[place] for place, name in free}}
                if not twice or all(found[name] == statement[place] for place, name in free):
                    yield found

        return follow if free or plan.graph != "triple" else self._standing(names, fixed)

    def _standing(self, names: tuple[str, ...], fixed: tuple[int | None, ...]) -> Follow:
        """For a statement of which everything is known: whether it stands."""

        def follow(row: Row) -> Iterable[Row]:
            self._look()
            s, predicate, o = [row[name] if name else number for name, number in zip(names, fixed, strict=True)]
            return (row,) if self.lookup.has((s, predicate, o)) else ()  # type: ignore[arg-type]  # likewise

        return follow

    def _look(self) -> None:
        self.looked_at += 1
        if self.looked_at > MOST:
            raise TooMuch("A change touches too much")

    @_compile.register
    def _(self, plan: p.Terms, known: Known) -> Follow:
        numbers = tuple(map(self.numbers, plan.terms))
        if plan.column in known:
            return lambda row: (row for number in numbers if row[plan.column] == number)
        return lambda row: ({**row, plan.column: number} for number in numbers)

    @_compile.register
    def _(self, plan: p.Subclasses, known: Known) -> Follow:
        below = self.follow(p.Named("subclasses", subclasses((plan.class_,))), frozenset())
        if "type" in known:
            return lambda row: (row,) if any(found["type"] == row["type"] for found in below({})) else ()
        return lambda _: ({"type": found["type"]} for found in below({}))

    @_compile.register
    def _(self, plan: p.Named, known: Known) -> Follow:
        if plan.stored and plan.name == MOVED:
            return self._moved
        shared = self.targets.setdefault(plan.plan, plan.plan) if plan.stored else plan.plan
        inner, order = self.follow(shared, known), tuple(sorted(known))
        mine = (id(shared), known)

        def follow(row: Row) -> Iterable[Row]:
            before = self.remembered.setdefault(mine, {})
            key = tuple([row[name] for name in order])
            if key not in before:
                before[key] = Remembered(iter(inner(row)))
            return before[key]

        return follow

    def _moved(self, row: Row) -> Iterable[Row]:
        if "focus" in row:
            return (row,) if row["focus"] in self.moved else ()
        return ({"focus": node} for node in self.moved)

    @_compile.register
    def _(self, plan: p.Join, known: Known) -> Follow:
        steps: list[tuple[Follow, tuple[str, ...]]] = []
        so_far = known
        for part in ordered(plan, known):
            needed = so_far & frozenset(part.columns)
            steps.append((self.follow(part, needed), tuple(needed)))
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

    @_compile.register
    def _(self, plan: p.Keep, known: Known) -> Follow:
        left, agrees = self.follow(plan.left, known), self._agreeing(plan.left, plan.right)
        if self._is_quicker(plan.right, plan.left, known):
            return lambda row: left(row) if _is_any(agrees(row)) else ()
        return lambda row: (found for found in left(row) if _is_any(agrees(found)))

    @_compile.register
    def _(self, plan: p.Drop, known: Known) -> Follow:
        left, agrees = self.follow(plan.left, known), self._agreeing(plan.left, plan.right)
        if self._is_quicker(plan.right, plan.left, known):
            return lambda row: () if _is_any(agrees(row)) else left(row)
        return lambda row: (found for found in left(row) if not _is_any(agrees(found)))

    def _is_quicker(self, right: Plan, left: Plan, known: Known) -> bool:
        """Whether the right side can be asked first, and has less to look up; for what is known entirely, the order is free."""
        if not known.issuperset(left.columns):
            return False
        return depth(right) < depth(left)

    def _agreeing(self, left: Plan, right: Plan) -> Follow:
        """The rows of the right side that agree with a row of the left; what is unbound agrees with nothing."""
        shared = tuple(name for name in left.columns if name in right.columns)
        follow = self.follow(right, frozenset(shared))

        def agreeing(row: Row) -> Iterable[Row]:
            given = {name: row[name] for name in shared}
            return () if None in given.values() else follow(given)

        return agreeing

    @_compile.register
    def _(self, plan: p.Optional, known: Known) -> Follow:
        if plan.condition is not None:
            raise Unsupported("A condition on what is optional")
        mine = known & frozenset(plan.left.columns)
        left, agrees = self.follow(plan.left, mine), self._agreeing(plan.left, plan.right)
        alone = dict.fromkeys(plan.right.columns)

        def follow(row: Row) -> Iterator[Row]:
            for found in left({name: row[name] for name in mine}):
                extended = False
                for other in agrees(found):
                    extended = True
                    yield {**found, **other}
                if not extended:
                    yield {**alone, **found}

        return _agreeing_again(follow, known - mine)

    @_compile.register
    def _(self, plan: p.Union, known: Known) -> Follow:
        """A column that a part lacks is unbound, and agrees with nothing that is known."""
        parts = [self.follow(part, known) for part in plan.parts if known <= set(part.columns)]
        unbound = dict.fromkeys(plan.columns)
        whole = all(set(part.columns) == set(plan.columns) for part in plan.parts)

        def follow(row: Row) -> Iterator[Row]:
            for part in parts:
                yield from part(row) if whole else ({**unbound, **found} for found in part(row))

        return follow

    @_compile.register
    def _(self, plan: p.Distinct, known: Known) -> Follow:
        inner, columns = self.follow(plan.plan, known), plan.columns
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

    @_compile.register
    def _(self, plan: p.Select, known: Known) -> Follow:
        given = {old: new for new, old in plan.picked if new in known}
        inner, twice = self.follow(plan.plan, frozenset(given)), len(given) < len(known)

        def follow(row: Row) -> Iterator[Row]:
            for found in inner({old: row[new] for old, new in given.items()}):
                yield {new: found[old] for new, old in plan.picked}

        return _agreeing_again(follow, known) if twice else follow

    @_compile.register
    def _(self, plan: p.Filter, known: Known) -> Follow:
        inner = self.follow(plan.plan, known)
        is_true = self.questions.truth(plan.condition, kinds(plan.plan))
        return lambda row: (found for found in inner(row) if is_true(found) is True)

    @_compile.register
    def _(self, plan: p.Extend, known: Known) -> Follow:
        mine = known - {plan.column}
        inner = self.follow(plan.plan, mine)
        computed = self.questions.value(plan.expression, kinds(plan.plan))

        def follow(row: Row) -> Iterator[Row]:
            for found in inner({name: row[name] for name in mine}):
                yield {**found, plan.column: computed(found)}

        return _agreeing_again(follow, known - mine)

    @_compile.register
    def _(self, plan: p.Group, known: Known) -> Follow:
        mine = known & frozenset(plan.keys)
        inner, count = self.follow(plan.plan, mine), _counting(plan)

        def follow(row: Row) -> Iterator[Row]:
            groups: dict[tuple[Value, ...], list[Row]] = {}
            for found in inner({name: row[name] for name in mine}):
                groups.setdefault(tuple([found[key] for key in plan.keys]), []).append(found)
            for key, members in groups.items():
                yield {**dict(zip(plan.keys, key, strict=True)), **count(members)}

        return _agreeing_again(follow, known - mine)

    @_compile.register
    def _(self, plan: p.Reach, known: Known) -> Follow:
        if "focus" not in known and "value" in known:
            return self._reaching(plan)
        start, step = self.follow(plan.start, known - {"value"}), self.follow(plan.step, frozenset({"here"}))

        def follow(row: Row) -> Iterator[Row]:
            reached: dict[Value, set[Value]] = {}
            for begun in start({name: row[name] for name in row if name != "value"}):
                seen = reached.setdefault(begun["focus"], set())
                for value in _closure(begun["value"], step, "here", "there", seen):
                    yield {"focus": begun["focus"], "value": value}

        return _agreeing_again(follow, known - {"focus"})

    def _reaching(self, plan: p.Reach) -> Follow:
        """Backwards: from a value to all that reach it."""
        start, step = self.follow(plan.start, frozenset({"value"})), self.follow(plan.step, frozenset({"there"}))

        def follow(row: Row) -> Iterator[Row]:
            seen = set()
            for value in _closure(row["value"], step, "there", "here", set()):
                for begun in start({"value": value}):
                    if begun["focus"] not in seen:
                        seen.add(begun["focus"])
                        yield {"focus": begun["focus"], "value": row["value"]}

        return follow


def _is_any(rows: Iterable[Row]) -> bool:
    return any(True for _ in rows)


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


def _agreeing_again(follow: Follow, checked: Iterable[str]) -> Follow:
    """Only the rows that agree in these known columns too, which could not be told beforehand."""
    names = tuple(checked)
    if not names:
        return follow
    return lambda row: (found for found in follow(row) if all(found[name] == row[name] for name in names))


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
