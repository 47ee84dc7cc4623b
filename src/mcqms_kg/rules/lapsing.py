"""Until when a node fulfilled a shape, and from when it will: what shapes say of days, and the rest of them as yes or no."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, ValidationResult
from mcqms_kg.rules.days import day_of
from mcqms_kg.rules.focus import with_subclasses
from mcqms_kg.rules.parameters import ON_THE_DAY, Period, last_day
from mcqms_kg.rules.shape_properties import path_steps, values_at
from mcqms_kg.rules.vocabulary import RDF_TYPE, sh

_DEEPEST = 12
_SILENT = frozenset(
    (RDF_TYPE, mc("enforces"), mc("isDueWithin"), *map(sh, ("path", "severity", "message", "name", "description")))
)
"""What a shape says that asks nothing of a node."""
_TARGETS = frozenset(map(sh, ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")))


@dataclass(frozen=True)
class Lapse:
    """The last day on which something was fulfilled, or the first on which it will be; by which record, counted since when."""

    day: dt.date
    record: Term
    since: dt.date
    period: Period


Outcome = Lapse | bool
"""A day; or fulfilled whatever the day; or not, for a reason that is no day or that nobody here can judge."""
Reached = Sequence[tuple[Term, Term]]
"""Values at a path, each with the node that has it."""


class Reading(ABC):
    """Reads a shape for days. What is asked at once and what is asked by choice are joined as the direction of time demands."""

    is_past: bool

    def __init__(self, graph: GraphIndex, shapes: GraphIndex, periods: Mapping[Term, Period]) -> None:
        self._graph, self._shapes, self._periods = graph, shapes, periods
        self._each: Mapping[Term, Callable[[Term, Term, Term, Term, int], Outcome]] = {
            sh("class"): self._is_of,
            sh("datatype"): lambda _, asked, node, *__: terms.datatype(node) == terms.iri_text(asked),
            sh("node"): lambda _, asked, node, record, depth: self._holds(asked, node, record, depth + 1),
            sh("property"): lambda _, asked, node, __, depth: self._holds(asked, node, node, depth + 1),
            sh("or"): self._one_of,
            sh("minInclusive"): lambda shape, bound, node, record, _: self._not_before(shape, bound, node, record),
            sh("maxInclusive"): lambda _, bound, node, record, __: self._not_after(bound, node, record),
        }

    def of(self, result: ValidationResult) -> Lapse | None:
        """The day for a result, where the shape and the data say one."""
        found = self._holds(result.source_shape, result.focus, result.focus, 0, result.value)
        return found if isinstance(found, Lapse) else None

    @abstractmethod
    def all_of(self, found: Iterable[Outcome]) -> Outcome:
        """What is asked at once."""

    @abstractmethod
    def any_of(self, found: Iterable[Outcome]) -> Outcome:
        """What is asked by choice."""

    @abstractmethod
    def _day_not_before(self, period: Period | None, day: dt.date, bound: dt.date, record: Term) -> Outcome: ...

    @abstractmethod
    def _day_not_after(self, day: dt.date, bound: dt.date, record: Term) -> Outcome: ...

    def _holds(self, shape: Term, node: Term, record: Term, depth: int, only: Term | None = None) -> Outcome:
        if depth > _DEEPEST:
            return False
        asked = [(p, o) for p, o in self._shapes.out(shape) if p not in _SILENT and p not in _TARGETS]
        path = self._shapes.value(shape, sh("path"))
        if path is None:
            return self.all_of([self._asks(shape, p, o, node, record, depth) for p, o in asked])
        values = self._reached(path, node)
        if only is not None:
            values = [(value, by) for value, by in values if value == only]
        return self.all_of([one for p, o in asked for one in self._along(shape, p, o, values, depth)])

    def _reached(self, path: Term, node: Term) -> Reached:
        steps = path_steps(self._shapes, path)
        before = values_at(self._graph, node, steps[:-1])
        return [(value, by) for by in before for value in values_at(self._graph, by, steps[-1:])] if steps else []

    def _along(self, shape: Term, asked: Term, value: Term, reached: Reached, depth: int) -> Iterator[Outcome]:
        if asked == sh("minCount"):
            yield len(reached) >= int(terms.lexical(value))
        elif asked == sh("maxCount"):
            yield len(reached) <= int(terms.lexical(value))
        elif asked == sh("hasValue"):
            yield any(one == value for one, _ in reached)
        elif asked == sh("qualifiedValueShape"):
            yield self.any_of([self._holds(value, one, _having(one, by), depth + 1) for one, by in reached])
        elif asked == sh("qualifiedMinCount"):
            yield terms.lexical(value) == "1"
        else:
            yield from (self._asks(shape, asked, value, one, _having(one, by), depth) for one, by in reached)

    def _asks(self, shape: Term, asked: Term, value: Term, node: Term, record: Term, depth: int) -> Outcome:
        judge = self._each.get(asked)
        return judge(shape, value, node, record, depth) if judge else False

    def _is_of(self, _: Term, class_: Term, node: Term, *__: object) -> bool:
        return bool(with_subclasses((class_,), self._graph) & set(self._graph.types(node)))

    def _one_of(self, _: Term, head: Term, node: Term, record: Term, depth: int) -> Outcome:
        return self.any_of([self._holds(one, node, record, depth + 1) for one in self._shapes.collection(head)])

    def _not_before(self, shape: Term, bound: Term, value: Term, record: Term) -> Outcome:
        day, limit = day_of(value), day_of(bound)
        if day and limit:
            return self._day_not_before(self._periods.get(shape), day, limit, record)
        return _is_ordered(bound, value)

    def _not_after(self, bound: Term, value: Term, record: Term) -> Outcome:
        day, limit = day_of(value), day_of(bound)
        return self._day_not_after(day, limit, record) if day and limit else _is_ordered(value, bound)


class Behind(Reading):
    """Until when it held: of what is asked at once the first that ended, of a choice the last."""

    is_past = True

    def all_of(self, found: Iterable[Outcome]) -> Outcome:
        every = list(found)
        return False if False in every else min(_lapses(every), key=lambda one: one.day, default=True)

    def any_of(self, found: Iterable[Outcome]) -> Outcome:
        every = list(found)
        return True if True in every else max(_lapses(every), key=lambda one: one.day, default=False)

    def _day_not_before(self, period: Period | None, day: dt.date, bound: dt.date, record: Term) -> Outcome:
        return Lapse(last_day(day, period.length), record, day, period) if period else day >= bound

    def _day_not_after(self, day: dt.date, bound: dt.date, _: Term) -> Outcome:
        return day <= bound


class Ahead(Reading):
    """From when it will hold by what is recorded already: of what is asked at once the last that begins, of a choice the first."""

    is_past = False

    def all_of(self, found: Iterable[Outcome]) -> Outcome:
        every = list(found)
        return False if False in every else max(_lapses(every), key=lambda one: one.day, default=True)

    def any_of(self, found: Iterable[Outcome]) -> Outcome:
        every = list(found)
        return True if True in every else min(_lapses(every), key=lambda one: one.day, default=False)

    def _day_not_before(self, _: Period | None, day: dt.date, bound: dt.date, __: Term) -> Outcome:
        return day >= bound

    def _day_not_after(self, day: dt.date, bound: dt.date, record: Term) -> Outcome:
        return True if day <= bound else Lapse(day, record, day, ON_THE_DAY)


def _lapses(found: Iterable[Outcome]) -> list[Lapse]:
    return [one for one in found if isinstance(one, Lapse)]


def _having(value: Term, by: Term) -> Term:
    """What a day is told of: the thing itself, or of a day that stands at it whoever has it."""
    return by if terms.is_literal(value) else value


def _is_ordered(low: Term, high: Term) -> bool:
    try:
        return Decimal(terms.lexical(low)) <= Decimal(terms.lexical(high))
    except InvalidOperation:
        return False
