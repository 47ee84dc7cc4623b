"""Statements held as arrays, by predicate and sorted both ways; they are kept beside the columns until these change."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term
from mcqms_kg.shacl.arrays.sets import Index, Numbers, differ, is_among
from mcqms_kg.shacl.arrays.values import Values

KEPT = "arrays"
"""The name under which they are kept beside columns."""
_FEW = 20
"""Where so many times fewer numbers are wanted than there are, no index is made of all."""
_MANY_TEXTS = 200_000
_NODES = "nodes_around"
"""An array of nodes, as DuckDB sees it."""
_STATEMENTS = "SELECT p, s, o FROM triple WHERE p IN (SELECT unnest(?::BIGINT[]))"


@dataclass(frozen=True)
class Sorted:
    """Pairs in the order of their first numbers."""

    here: Numbers
    there: Numbers

    @classmethod
    def by(cls, here: Numbers, there: Numbers) -> Sorted:
        order = np.argsort(here)
        return cls(here[order], there[order])

    @cached_property
    def _begin(self) -> Numbers:
        """Where the pairs of each different number begin, and where the last ends."""
        return np.append(np.flatnonzero(differ([self.here])), len(self.here))

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.here[self._begin[:-1]])

    def ranges(self, wanted: Numbers) -> tuple[Numbers, Numbers]:
        """Where the pairs of each wanted number begin and end."""
        if len(wanted) * _FEW < len(self.here):
            return np.searchsorted(self.here, wanted, "left"), np.searchsorted(self.here, wanted, "right")
        places, found = self._index.find(wanted)
        low = self._begin[places]
        return low, np.where(found, self._begin[places + found], low)


@dataclass(frozen=True)
class Pairs:
    """One predicate: its subjects and objects, row by row."""

    s: Numbers
    o: Numbers
    is_by_subject: bool = False
    """Whether the rows are in the order of their subjects."""
    _subjects: dict[int, Numbers] = field(default_factory=dict)

    @cached_property
    def by_subject(self) -> Sorted:
        return Sorted(self.s, self.o) if self.is_by_subject else Sorted.by(self.s, self.o)

    @cached_property
    def by_object(self) -> Sorted:
        return Sorted.by(self.o, self.s)

    def subjects(self, number: int) -> Numbers:
        """The subjects that have an object: those of a class, of a code. To look all objects through is quicker than to sort them."""
        if number not in self._subjects:
            self._subjects[number] = self.s[self.o == number]
        return self._subjects[number]


@dataclass
class Held:
    """What is held of one state of some columns: statements, values of literals, and some texts. Nothing in it depends on shapes."""

    columns: Columns
    version: int = 0
    has_macros: bool = False
    _numbers: dict[Term, int] = field(default_factory=dict)
    _pairs: dict[int, Pairs] = field(default_factory=dict)
    _texts: dict[int, Term] = field(default_factory=dict)
    _values: tuple[int, Values] | None = None

    @classmethod
    def of(cls, columns: Columns) -> Held:
        """What is kept beside the columns, where it is still right; else nothing is held yet."""
        kept = columns.kept.get(KEPT)
        if isinstance(kept, Held) and kept.version == columns.version:
            return kept
        columns.kept[KEPT] = held = cls(columns)
        return held

    def settle(self) -> None:
        """After a validation: what is held is right for the columns with the terms and tables that were added meanwhile."""
        self.version = self.columns.version

    def check(self) -> None:
        """Raises `Unsupported` where all terms were numbered anew."""
        if self.columns.kept.get(KEPT) is not self:
            raise Unsupported("The terms were numbered anew")

    def numbers(self, wanted: Iterable[Term]) -> Mapping[Term, int]:
        """The numbers of terms that shapes name, which become terms of the columns."""
        unknown = sorted(set(wanted) - self._numbers.keys())
        if unknown:
            self.columns.ensure_terms(unknown)
            self.check()
            self._numbers |= self.columns.numbers_of(unknown)
        return self._numbers

    def read(self, predicates: Iterable[int]) -> None:
        """Holds the statements with these predicates too. They come in long runs, because the table is in the order of predicates."""
        new = sorted(set(predicates) - self._pairs.keys())
        if not new:
            return
        if gathered := self.columns.gathered:
            self._pairs |= {predicate: Pairs(*gathered.pairs(predicate), is_by_subject=True) for predicate in new}
            return
        found = self.columns.connection.execute(_STATEMENTS, [new]).fetchnumpy()
        p, s, o = found["p"], found["s"], found["o"]
        begin = np.append(np.flatnonzero(differ([p])), len(p)).tolist()
        runs: dict[int, list[slice]] = {predicate: [] for predicate in new}
        for low, high in itertools.pairwise(begin):
            runs[int(p[low])].append(slice(low, high))
        for predicate, parts in runs.items():
            whole = (np.concatenate([side[part] for part in parts] or [side[:0]]) for side in (s, o))
            self._pairs[predicate] = Pairs(next(whole), next(whole))

    def pairs(self, predicate: int) -> Pairs:
        if predicate not in self._pairs:
            self.read((predicate,))
        return self._pairs[predicate]

    def around(self, side: str, nodes: Numbers, excluded: Iterable[int]) -> tuple[Numbers, Numbers, Numbers]:
        """Subjects, predicates and objects of the statements with one of the nodes on that side (`s` or `o`), but for some predicates."""
        if gathered := self.columns.gathered:
            rows = np.flatnonzero(is_among(gathered.array(side), nodes))
            rows = rows[~np.isin(gathered.array("p")[rows], list(excluded))]
            s, p, o = (gathered.array(one)[rows] for one in "spo")
            return s, p, o
        con, without = self.columns.connection, ", ".join(map(str, excluded))
        con.execute("SELECT 1").fetchall()  # what was not read to its end would be in the way
        con.register(_NODES, {"node": nodes})
        try:
            found = con.execute(
                f"SELECT s, p, o FROM triple SEMI JOIN {_NODES} ON node = {side}{f' WHERE p NOT IN ({without})' if without else ''}"
            ).fetchnumpy()
        finally:
            con.unregister(_NODES)
        return found["s"], found["p"], found["o"]

    def values(self) -> Values:
        """What the literals are worth, those that were added since too."""
        if self._values is None or self._values[0] != self.columns.version:
            found = Values.of_few(self.columns.gathered) if self.columns.gathered else None
            if found is None:
                self.columns.ensure_values()
                found = Values.of(self.columns.connection)
            self._values = self.columns.version, found
        return self._values[1]

    def texts(self, wanted: set[int]) -> Mapping[int, Term]:
        """The texts of these terms, and perhaps of more."""
        self.check()
        unknown = wanted - self._texts.keys()
        if unknown:
            found = dict(self.columns.texts_of(unknown))
            if len(found) + len(self._texts) > _MANY_TEXTS:
                return {number: self._texts[number] for number in wanted - unknown} | found
            self._texts |= found
        return self._texts
