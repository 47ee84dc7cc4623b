"""A small graph under shapes, decided in Python from the plans that SQL is made of; what only SQL can decide is left to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.dictionary import Clash, Dictionary
from mcqms_kg.model import Term, Triple, ValidationReport, ValidationResult
from mcqms_kg.shacl.decided import NOTHING, Decided, Part, left_to_sql
from mcqms_kg.shacl.near.questions import Questions
from mcqms_kg.shacl.planning.planner import Beyond, Group, Reported
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.results import Row as ResultRow
from mcqms_kg.shacl.results import as_results
from mcqms_kg.shacl.sets.answering import Answering
from mcqms_kg.shacl.sets.held import Held
from mcqms_kg.shacl.sets.planned import Groups, Planned
from mcqms_kg.shacl.sets.rows import MOST, Rows, TooMuch
from mcqms_kg.shacl.shapes import Shape

KEPT = "sets"
Found = tuple[Sequence[Reported], list[Rows]]
"""A group, and the rows of each of its constraints."""


def decided(
    columns: Columns,
    shapes: tuple[Triple, ...],
    planned: Planned,
    targeted: Sequence[Shape],
    tell: Callable[[int, int, Term], None],
    check: Callable[[], None],
    engine: str,
) -> Decided:
    """What Python decides; nothing where terms have to be numbered anew."""
    try:
        return _Deciding(columns, shapes, planned, targeted, tell, check).decided(engine)
    except left_to_sql(Clash):
        return NOTHING
    finally:
        columns.kept.pop(KEPT, None)


@dataclass
class _Deciding:
    columns: Columns
    shapes: tuple[Triple, ...]
    planned: Planned
    targeted: Sequence[Shape]
    tell: Callable[[int, int, Term], None]
    check: Callable[[], None]

    @cached_property
    def dictionary(self) -> Dictionary:
        found = Dictionary(self.columns)
        found.read_all()
        return found

    @cached_property
    def answering(self) -> Answering:
        self.columns.kept[KEPT] = self
        questions = Questions(self.columns, self.dictionary, KEPT, self._define_macros, most=MOST)
        return Answering(
            Held({}), self._shapes_graph, self.dictionary.numbers(()), questions, self.planned.alike, self.check
        )

    def _define_macros(self) -> None:
        from mcqms_kg.shacl.sql.macros import define_macros  # SQL is written by a package that takes long to import

        define_macros(self.columns.connection)

    def _shapes_graph(self) -> Held:
        numbers = self.dictionary.numbers(term for triple in self.shapes for term in triple)
        return Held.of((numbers[s], numbers[p_], numbers[o]) for s, p_, o in self.shapes)

    def decided(self, engine: str) -> Decided:
        plans = {shape.name: self.planned.focus(shape) for shape in self.targeted}
        self._hold()
        focus = {name: plan for name, plan in plans.items() if isinstance(plan, p.Named)}
        counts = {name: len(self.answering.rows(plan)) for name, plan in focus.items()}
        groups = {shape.name: self.planned.groups(shape) for shape in self.targeted if counts.get(shape.name)}
        usable = {name: found for name, found in groups.items() if isinstance(found, tuple)}
        self._hold()
        found = self._all_found(usable)
        whole = {name for name, places in found.items() if None not in places}
        results = tuple(result for name in whole for result in self._results(found[name]))
        known = {name: count for name, count in counts.items() if not count or name in whole}
        parts = {name: self._part(places) for name, places in found.items() if name not in whole}
        if self.columns.kept.get(KEPT, self) is not self:
            raise Unsupported("The terms were numbered anew")
        return Decided(ValidationReport(not results, results, known, dict.fromkeys(known, engine)), parts)

    def _part(self, places: Sequence[Found | None]) -> Part:
        left = frozenset(n for n, one in enumerate(places) if one is None)
        return Part(tuple(self._results(places)), left)

    def _hold(self) -> None:
        """Reads the statements that the plans made so far ask for, and gives numbers to the terms that they name."""
        terms, predicates, asks_any = self.planned.mentioned()
        numbers = self.dictionary.numbers(terms)
        wanted = None if asks_any else {numbers[term] for term in predicates}
        self.answering.numbers = numbers
        self.answering.held = self.answering.held.read(self.columns, wanted)

    def _all_found(self, groups: dict[Term, Groups]) -> dict[Term, list[Found | None]]:
        """The rows of each target shape, until too many have been made."""
        found: dict[Term, list[Found | None]] = {}
        for done, name in enumerate(groups):
            self.tell(done, len(groups), name)
            try:
                found[name] = [self._found(group) for group in groups[name]]
            except TooMuch:
                break
        return found

    def _found(self, group: Group | Beyond) -> Found | None:
        """The rows of a group, or nothing where this road cannot tell."""
        if isinstance(group, Beyond):
            return None
        try:
            return group, [self.answering.rows(one.plan) for one in group]
        except TooMuch:
            raise
        except Unsupported:
            return None

    def _results(self, found: Iterable[Found | None]) -> Iterator[ValidationResult]:
        listed = [one for one in found if one and any(one[1])]
        flat = [(n, place, row) for n, (group, rows) in enumerate(listed) for place, row in _in_order(group, rows)]
        texts = self.dictionary.texts(number for _, _, row in flat for number in row if number is not None)
        return as_results([tuple(group) for group, _ in listed], (_as_text(texts, *one) for one in flat), texts)


def _in_order(group: Sequence[Reported], rows: list[Rows]) -> Iterator[tuple[int, list[int | None]]]:
    """The place of a constraint, and of each of its rows focus node, value, path, and what messages tell."""
    for place, (one, found) in enumerate(zip(group, rows, strict=True)):
        told = (f"told_{name}" for name in one.constraint.placeholders)
        names = ("focus", "value", "path", *told)
        for row in found:
            given: dict[str, Any] = dict(zip(one.plan.columns, row, strict=True))
            yield place, [given.get(name) for name in names]


def _as_text(texts: Mapping[int, Term], report: int, place: int, row: list[int | None]) -> ResultRow:
    focus, value, path, *told = row
    read = [None if number is None else texts[number] for number in (focus, value, path)]
    return report, place, read[0] or Term(""), read[1], read[2], told
