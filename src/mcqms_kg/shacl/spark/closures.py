"""Recursive parts of a query, taken out: Spark's recursive SQL cannot remove duplicates, so on a cycle it would never end.

Each is computed beforehand, step after step, until no new pair is found, and stands as a table when the query runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from mcqms_kg.shacl.spark.dialect import sql

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LITTLE = 20_000
"""Pairs up to which a closure is computed here rather than by joins."""

Pairs = list[tuple[int, int]]


@dataclass
class Closures:
    """The closures of one run by the queries they come from; many shapes ask for the subclasses of the same class."""

    spark: SparkSession
    local: Callable[[str, Pairs, str], None]
    little: int = LITTLE
    views: dict[tuple[str, str], str] = field(default_factory=dict)
    known: dict[str, Pairs | None] = field(default_factory=dict)

    def taken_out(self, query: exp.Query) -> exp.Query:
        """The query, changed in place, with tables where it had recursive parts."""
        with_ = query.args.get("with_")
        if with_ is None or not with_.recursive:
            return query
        with_.set("recursive", False)
        plain: list[exp.CTE] = []
        for part in with_.expressions:
            if _is_recursive(part):
                _rename(query, part.alias, self._view(part, plain))
            else:
                plain.append(part)
        with_.set("expressions", plain)
        if not plain:
            query.set("with_", None)
        return query

    def _view(self, part: exp.CTE, plain: list[exp.CTE]) -> str:
        start, onward = part.this.left, part.this.right
        step = exp.select("here", "there").from_(exp.to_table(onward.args["joins"][0].this.name))
        key = (sql(_under(start, plain)), sql(_under(step, plain)))
        if key not in self.views:
            self.views[key] = f"closure_{len(self.views) + 1}"
            self._compute(self.views[key], *key)
        return self.views[key]

    def _compute(self, view: str, start: str, step: str) -> None:
        steps = self._little(step)
        pairs = None if steps is None else self._little(start)
        found = None if steps is None or pairs is None else closed(pairs, steps, self.little)
        if found is None:
            self._by_joins(start, step).createOrReplaceTempView(view)
        else:
            self.local(view, sorted(found), "focus BIGINT, value BIGINT")

    def _little(self, query: str) -> Pairs | None:
        """The rows of a query, or nothing where they are many."""
        if query not in self.known:
            rows = self.spark.sql(query).limit(self.little + 1).collect() if self.little else None
            few = rows is not None and len(rows) <= self.little
            self.known[query] = [(row[0], row[1]) for row in rows or ()] if few else None
        return self.known[query]

    def _by_joins(self, start: str, step: str) -> DataFrame:
        """Semi-naive: only pairs that the last round found are led on, and what is known already is dropped."""
        steps = self.spark.sql(step).distinct().persist()
        found = new = self.spark.sql(start).distinct().localCheckpoint()
        while not new.isEmpty():
            onward = new.join(steps, new["value"] == steps["here"]).selectExpr("focus", "there AS value").distinct()
            new = onward.join(found, ["focus", "value"], "left_anti").localCheckpoint()
            found = found.union(new).localCheckpoint()
        steps.unpersist()
        return found


def closed(start: Iterable[tuple[int, int]], steps: Iterable[tuple[int, int]], most: int) -> set[tuple[int, int]] | None:
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


def _is_recursive(part: exp.CTE) -> bool:
    body = part.this
    return isinstance(body, exp.Union) and any(t.name == part.alias for t in body.right.find_all(exp.Table))


def _under(query: exp.Query, plain: list[exp.CTE]) -> exp.Query:
    """The query with the named parts that it may use."""
    used = query.copy()
    if plain:
        used.set("with_", exp.With(expressions=[part.copy() for part in plain]))
    return used


def _rename(query: exp.Query, old: str, new: str) -> None:
    for table in query.find_all(exp.Table):
        if table.name == old:
            table.set("this", exp.to_identifier(new))
