"""Statements looked up one node at a time: for each predicate its pairs by subject and by object, read when first asked for.

Made for a few nodes, where a query costs more than it finds; whoever never asks pays nothing for it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


Statement = tuple[int, int, int]


class Pairs:
    """One predicate in one direction: where each node leads to. What changed since the columns were read stands beside them."""

    def __init__(self, rows: Iterable[tuple[int, int]]) -> None:
        listed = list(rows)
        self._nodes = array("q", [node for node, _ in listed])
        self._others = array("q", [other for _, other in listed])
        self._came: dict[int, dict[int, None]] = {}
        self._gone: dict[int, set[int]] = {}

    def of(self, node: int) -> list[int]:
        """The nodes it leads to, each once."""
        begin = bisect_left(self._nodes, node)
        end = bisect_right(self._nodes, node, begin)
        found = self._others[begin:end].tolist()
        if node in self._gone:
            found = [other for other in found if other not in self._gone[node]]
        return found + list(self._came[node]) if node in self._came else found

    def has(self, node: int, other: int) -> bool:
        if other in self._came.get(node, ()):
            return True
        return other not in self._gone.get(node, ()) and self._was(node, other)

    def all(self) -> Iterator[tuple[int, int]]:
        for node, other in zip(self._nodes, self._others, strict=True):
            if other not in self._gone.get(node, ()):
                yield node, other
        for node, others in list(self._came.items()):
            for other in list(others):
                yield node, other

    def show(self, node: int, other: int, present: bool) -> None:
        """From now on the pair is there, or is not."""
        if self._was(node, other):
            gone = self._gone.setdefault(node, set())
            (gone.discard if present else gone.add)(other)
        elif present:
            self._came.setdefault(node, {})[other] = None
        else:
            self._came.get(node, {}).pop(other, None)

    def _was(self, node: int, other: int) -> bool:
        begin = bisect_left(self._nodes, node)
        end = bisect_right(self._nodes, node, begin)
        place = bisect_left(self._others, other, begin, end)
        return place < end and self._others[place] == other


class Lookup:
    """All statements of some columns. While a change is looked at, the lookup may show another state than the columns hold."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._known: dict[tuple[int, bool], Pairs] = {}
        self._ahead: dict[Statement, bool] = {}
        self._predicates: dict[int, None] | None = None

    def match(self, s: int | None, p: int | None, o: int | None) -> Iterator[Statement]:
        """The statements with these subject, predicate and object; where one is not given, any."""
        if p is None:
            for each in self.predicates():
                yield from self.match(s, each, o)
        elif s is not None and o is not None:
            if self.has((s, p, o)):
                yield s, p, o
        elif s is not None:
            for other in self._pairs(p, False).of(s):
                yield s, p, other
        elif o is not None:
            for node in self._pairs(p, True).of(o):
                yield node, p, o
        else:
            for node, other in self._pairs(p, False).all():
                yield node, p, other

    def has(self, statement: Statement) -> bool:
        s, p, o = statement
        return self._pairs(p, False).has(s, o)

    def predicates(self) -> tuple[int, ...]:
        if self._predicates is None:
            found = self._connection.execute("SELECT DISTINCT p FROM triple").fetchall()
            self._predicates = dict.fromkeys(p for (p,) in found)
        return tuple(self._predicates | {p: None for _, p, _ in self._ahead})

    def show(self, statements: Iterable[Statement], present: bool) -> None:
        """From now on the lookup has these statements, or has them not, whatever the columns hold."""
        for statement in statements:
            self._ahead[statement] = present
            self._turn(statement, present)

    def settle(self, statements: Iterable[tuple[Statement, bool]]) -> None:
        """The columns and the lookup hold the same again: each of these statements, or not."""
        self._ahead.clear()
        for statement, present in statements:
            self._turn(statement, present)
            if self._predicates is not None:
                self._predicates[statement[1]] = None

    def _turn(self, statement: Statement, present: bool) -> None:
        s, p, o = statement
        if (p, False) in self._known:
            self._known[p, False].show(s, o, present)
        if (p, True) in self._known:
            self._known[p, True].show(o, s, present)

    def _pairs(self, p: int, backwards: bool) -> Pairs:
        if (p, backwards) not in self._known:
            columns = "o, s" if backwards else "s, o"
            rows = self._connection.execute(f"SELECT {columns} FROM triple WHERE p = {p} ORDER BY {columns}")
            pairs = Pairs(rows.fetchall())
            for (s, predicate, o), present in self._ahead.items():
                if predicate == p:
                    pairs.show(*((o, s) if backwards else (s, o)), present)
            self._known[p, backwards] = pairs
        return self._known[p, backwards]
