"""Closures: pairs reached step after step until no new one is found.

Spark's recursive SQL cannot remove duplicates, so on a cycle it would never end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mcqms_kg.shacl.spark.tables import Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

LITTLE = 20_000
"""Pairs up to which a closure is computed here rather than by joins."""

Pairs = list[tuple[int, int]]


@dataclass
class Closures:
    """Computes closures from two queries: the pairs to start from, and the steps that lead on."""

    tables: Tables
    little: int = LITTLE
    known: dict[str, Pairs | None] = field(default_factory=dict)

    def of(self, start: str, step: str) -> DataFrame:
        """Columns `focus` and `value`, each pair once."""
        steps = self._little(step)
        pairs = None if steps is None else self._little(start)
        found = None if steps is None or pairs is None else closed(pairs, steps, self.little)
        if found is None:
            return self._by_joins(start, step)
        return self.tables.frame(sorted(found), "focus BIGINT, value BIGINT")

    def _little(self, query: str) -> Pairs | None:
        """The rows of a query, or nothing where they are many."""
        if query not in self.known:
            rows = self.tables.spark.sql(query).limit(self.little + 1).collect() if self.little else None
            few = rows is not None and len(rows) <= self.little
            self.known[query] = [(row[0], row[1]) for row in rows or ()] if few else None
        return self.known[query]

    def _by_joins(self, start: str, step: str) -> DataFrame:
        """Semi-naive: only pairs that the last round found are led on, and what is known already is dropped."""
        steps = self.tables.spark.sql(step).distinct().persist()
        found = new = self.tables.spark.sql(start).distinct().localCheckpoint()
        while not new.isEmpty():
            onward = new.join(steps, new["value"] == steps["here"]).selectExpr("focus", "there AS value").distinct()
            new = onward.join(found, ["focus", "value"], "left_anti").localCheckpoint()
            found = found.union(new).localCheckpoint()
        steps.unpersist()
        return found


def closed(
    start: Iterable[tuple[int, int]], steps: Iterable[tuple[int, int]], most: int
) -> set[tuple[int, int]] | None:
    """The pairs reached from those of the start, or nothing where they are more than `most`."""
    onward: dict[int, set[int]] = defaultdict(set)
    for here, there in steps:
        onward[here].add(there)
    found = set(start)
    new = list(found)
    while new:
        focus, value = new.pop()
        for there in onward.get(value, ()):
            if (focus, there) not in found:
                found.add((focus, there))
                new.append((focus, there))
        if len(found) > most:
            return None
    return found
