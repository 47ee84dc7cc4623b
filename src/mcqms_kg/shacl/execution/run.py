"""Asks columns the queries of target shapes, and reads the results back as terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term, ValidationResult
from mcqms_kg.shacl.components.sparql_constraint import reasons
from mcqms_kg.shacl.execution.compiled import Compiled
from mcqms_kg.shacl.execution.outside_sql import find_outside
from mcqms_kg.shacl.execution.ready import Ready
from mcqms_kg.shacl.planning.planner import Beyond, Group, beyond
from mcqms_kg.shacl.results import as_results
from mcqms_kg.shacl.searching import Slow
from mcqms_kg.shacl.sql.queries import Query

BEYOND_EXACT = (Unsupported, duckdb.InvalidInputException, duckdb.OutOfRangeException, duckdb.ConversionException)
"""What is raised where the data go beyond exact arithmetic."""

Found = tuple[int, int, int | None, int | None, list[int | None] | None]
"""A row of a query: which constraint, focus, value, path, and what messages tell; all but the first are numbers of terms."""


@dataclass
class Run:
    """One validation: what has been found so far, each row with the number of its report."""

    ready: Ready
    reported: list[Group] = field(default_factory=list)
    found: list[tuple[int, list[Found]]] = field(default_factory=list)

    def shape(
        self, compiled: Compiled, only: frozenset[int], can_stand_alone: Callable[[list[Beyond]], bool]
    ) -> list[Beyond]:
        """Runs those groups of a target shape, and gives back the ones that have no SQL, or go beyond exact arithmetic on these data.

        Raises `Unsupported`, with nothing kept of it, where such a one is of SHACL Core, or cannot stand alone.
        """
        found: list[tuple[Group, list[Found]]] = []
        left = [group for place, group in compiled.beyond.items() if place in only]
        for place in sorted(only & compiled.queries.keys()):
            query, group = compiled.queries[place]
            try:
                found.append((group, self._rows(compiled, query)))
            except Slow as problem:
                raise Slow(
                    f"The shape {compiled.shape.name} is not decided. {problem.what}", remedy=problem.remedy
                ) from problem
            except BEYOND_EXACT as problem:
                left.append(beyond(group[0].above, (one.constraint for one in group), Unsupported(str(problem))))
        if left and not can_stand_alone(left):
            raise reasons(*(group.reason for group in left))
        self.found += [(len(self.reported) + number, rows) for number, (_, rows) in enumerate(found)]
        self.reported += [group for group, _ in found]
        return left

    def _rows(self, compiled: Compiled, query: Query) -> list[Found]:
        ready = self.ready
        if not query.searches:
            return ready.connection.execute(ready.about(compiled.shape, query.sql)).fetchall()
        return searched(ready, query, lambda sql: ready.about(compiled.shape, sql))

    def results(self) -> Iterator[ValidationResult]:
        """What was found, as terms."""
        texts = self.ready.texts(_numbers(rows for _, rows in self.found))
        rows = (
            (report, place, texts[focus], _text(texts, value), _text(texts, path), told)
            for report, found in self.found
            for place, focus, value, path, told in found
        )
        return as_results(self.reported, rows, texts)


def _text(texts: Mapping[int, Term], number: int | None) -> Term | None:
    return None if number is None else texts[number]


def _numbers(found: Iterable[list[Found]]) -> set[int]:
    """The terms in some rows; column by column, because rows may be millions."""
    numbers: set[int | None] = set()
    for _, *terms, told in (tuple(zip(*rows, strict=True)) for rows in found if rows):
        numbers.update(*terms, *(names for names in told if names))
    numbers.discard(None)
    return numbers  # type: ignore[return-value]  # None was discarded


def searched(ready: Ready, query: Query, about: Callable[[str], str] = str) -> list[Found]:
    """The rows of a query after what is to be found outside SQL."""
    find_outside(ready.columns, ready.embedded, query, about)
    return ready.connection.execute(about(query.sql)).fetchall()
