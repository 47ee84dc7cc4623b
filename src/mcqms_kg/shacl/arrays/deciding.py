"""A graph under shapes, decided on arrays from the plans that SQL is made of; what only SQL can decide is left to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term, ValidationReport, ValidationResult
from mcqms_kg.shacl.arrays.answering import Answering
from mcqms_kg.shacl.arrays.held import Held
from mcqms_kg.shacl.arrays.table import NONE, Table, TooMuch
from mcqms_kg.shacl.decided import NOTHING, Decided, Part, left_to_sql
from mcqms_kg.shacl.near.kinds import kinds
from mcqms_kg.shacl.planning.planner import Beyond, Group, Reported
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.results import Row, as_results
from mcqms_kg.shacl.sets.planned import Groups, Planned
from mcqms_kg.shacl.shapes import Shape

Tables = list[Table]
"""The rows of each constraint of a group."""


def decided(
    columns: Columns,
    planned: Planned,
    targeted: Sequence[Shape],
    tell: Callable[[int, int, Term], None],
    check: Callable[[], None],
    engine: str,
) -> Decided:
    """What arrays decide; nothing where terms have to be numbered anew."""
    held = Held.of(columns)
    try:
        found = _Deciding(held, planned, targeted, tell, check).found(engine)
        held.check()
        held.settle()
        return found
    except left_to_sql():
        return NOTHING


@dataclass
class _Deciding:
    held: Held
    planned: Planned
    targeted: Sequence[Shape]
    tell: Callable[[int, int, Term], None]
    check: Callable[[], None]

    def found(self, engine: str) -> Decided:
        plans = {shape.name: self.planned.focus(shape) for shape in self.targeted}
        answering = Answering(self.held, {}, self.planned.alike, self.check)
        self._hold(answering)
        met = {name: self._met(answering, plan) for name, plan in plans.items()}
        groups = {shape.name: self.planned.groups(shape) for shape in self.targeted if met[shape.name]}
        self._hold(answering)
        found: dict[Term, list[Tables | None]] = {}
        for done, (name, group) in enumerate(groups.items()):
            self.tell(done, len(groups), name)
            if isinstance(group, tuple):
                found[name] = [_tables(answering, one) for one in group]
        return self._decided(met, groups, found, engine)

    def _decided(
        self,
        met: Mapping[Term, int | None],
        groups: Mapping[Term, Groups | Unsupported],
        found: Mapping[Term, list[Tables | None]],
        engine: str,
    ) -> Decided:
        known = {name: list(zip(groups[name], tables, strict=True)) for name, tables in found.items()}  # type: ignore[arg-type]  # what was found has groups
        whole = {name: pairs for name, pairs in known.items() if all(tables is not None for _, tables in pairs)}
        results = tuple(self._results(pair for pairs in whole.values() for pair in pairs))
        counts = {name: count for name, count in met.items() if count == 0 or (count and name in whole)}
        parts = {
            name: Part(
                tuple(self._results(pairs)), frozenset(n for n, (_, tables) in enumerate(pairs) if tables is None)
            )
            for name, pairs in known.items()
            if name not in whole
        }
        return Decided(ValidationReport(not results, results, counts, dict.fromkeys(counts, engine)), parts)

    def _hold(self, answering: Answering) -> None:
        """Numbers for the terms that the plans made so far name, and the statements that they ask for."""
        terms, predicates, _ = self.planned.mentioned()
        answering.terms = self.held.numbers(terms)
        self.held.read(answering.terms[predicate] for predicate in predicates)

    def _met(self, answering: Answering, plan: p.Named | Unsupported) -> int | None:
        """How many focus nodes there are, where arrays tell."""
        try:
            return answering.table(plan).size if isinstance(plan, p.Named) else None
        except TooMuch:
            raise
        except left_to_sql():
            return None

    def _results(self, found: Iterable[tuple[Group | Beyond, Tables | None]]) -> Iterator[ValidationResult]:
        listed = [
            (group, tables)
            for group, tables in found
            if tables and not isinstance(group, Beyond) and any(table.size for table in tables)
        ]
        found_rows = [
            (number, place, _columns(one, table))
            for number, (group, tables) in enumerate(listed)
            for place, (one, table) in enumerate(zip(group, tables, strict=True))
        ]
        wanted = {number for _, _, columns in found_rows for column in columns for number in column}
        wanted.discard(NONE)
        texts = self.held.texts(wanted)
        rows = chain.from_iterable(_rows(number, place, columns, texts) for number, place, columns in found_rows)
        yield from as_results([group for group, _ in listed], rows, texts)


def _columns(one: Reported, table: Table) -> list[list[int]]:
    """Focus nodes, values, paths, and what messages tell."""
    return [table.columns[name].tolist() if name in table.columns else [NONE] * table.size for name in _names(one)]


def _rows(number: int, place: int, columns: list[list[int]], texts: Mapping[int, Term]) -> Iterator[Row]:
    """What is unbound has no text."""
    focus, value, path = (map(texts.get, column) for column in columns[:3])
    told = ([None if n == NONE else n for n in row] for row in zip(*columns[3:], strict=True))
    return zip(repeat(number), repeat(place), focus, value, path, told if columns[3:] else repeat(None))


def _tables(answering: Answering, group: Group | Beyond) -> Tables | None:
    """The rows of a group, or nothing where arrays cannot tell. Where too many rows were made for others, they are let go."""
    if isinstance(group, Beyond):
        return None
    for _ in ("with what is answered already", "alone"):
        try:
            found = [answering.table(one.plan) for one in group]
            return None if any(map(_is_computed, group)) else found
        except TooMuch:
            answering.let_go()
        except left_to_sql():
            return None
    return None


def _is_computed(one: Reported) -> bool:
    """Whether a column of the results holds something else than terms."""
    return any(name in kinds(one.plan) for name in _names(one))


def _names(one: Reported) -> tuple[str, ...]:
    return ("focus", "value", "path", *(f"told_{name}" for name in one.constraint.placeholders))
