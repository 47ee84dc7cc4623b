"""Statements held as dictionaries, by predicate and both ways, for looking up many nodes at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.shacl.near.kinds import Value

Pair = tuple[int, int]
By = dict[int, list[int]]


@dataclass
class Pairs:
    """One predicate: its pairs of subject and object, and what stands beside each."""

    pairs: list[Pair] = field(default_factory=list)

    @cached_property
    def objects(self) -> By:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for s, o in self.pairs:
            found[s].append(o)
        return found

    @cached_property
    def subjects(self) -> By:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for s, o in self.pairs:
            found[o].append(s)
        return found

    def of(self, s: Collection[Value] | None, o: Collection[Value] | None) -> Iterable[Pair]:
        """The pairs with these subjects and objects, where they are given; perhaps more."""
        if s is None and o is None:
            return self.pairs
        if o is None or (s is not None and len(s) <= self._size(o)):
            assert s is not None  # noqa: S101  # one of the two is given
            objects = self.objects
            if len(s) > len(objects):
                return [pair for pair in self.pairs if pair[0] in s]
            return [(node, other) for node in s if node in objects for other in objects[node]]  # type: ignore[misc,index]  # numbers
        subjects = self.subjects
        if len(o) > len(subjects):
            return [pair for pair in self.pairs if pair[1] in o]
        return [(other, node) for node in o if node in subjects for other in subjects[node]]  # type: ignore[misc,index]  # numbers

    def _size(self, o: Collection[Value]) -> int:
        """How many pairs lead to the objects, or more than there are where that takes long to tell."""
        if len(o) > 10:
            return len(self.pairs)
        return sum(len(self.subjects.get(node, ())) for node in o)  # type: ignore[arg-type,misc]  # numbers


@dataclass(frozen=True)
class Held:
    """Statements by predicate."""

    by_predicate: dict[int, Pairs]

    @classmethod
    def of(cls, statements: Iterable[tuple[int, int, int]]) -> Held:
        found: defaultdict[int, list[Pair]] = defaultdict(list)
        for s, p, o in statements:
            found[p].append((s, o))
        return cls({p: Pairs(pairs) for p, pairs in found.items()})

    def read(self, columns: Columns, predicates: Collection[int] | None) -> Held:
        """With the statements of some columns that have these predicates too, or with all statements."""
        if gathered := columns.gathered:
            new = None if predicates is None else set(predicates) - self.by_predicate.keys()
            return Held({p: Pairs(pairs) for p, pairs in gathered.by_predicate(new)} | self.by_predicate)
        if predicates is None:
            return Held.of(columns.connection.execute("SELECT s, p, o FROM triple").fetchall())
        lacking = [predicate for predicate in predicates if predicate not in self.by_predicate]
        listed = ", ".join(map(str, lacking)) or "NULL"
        found = Held.of(columns.connection.execute(f"SELECT s, p, o FROM triple WHERE p IN ({listed})").fetchall())
        return Held({predicate: Pairs() for predicate in lacking} | found.by_predicate | self.by_predicate)

    def pairs(self, predicate: int) -> Pairs:
        return self.by_predicate.get(predicate) or _NO_PAIRS


_NO_PAIRS = Pairs()
