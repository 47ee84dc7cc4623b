"""Rows that are found node by node when they are asked for, and the statements they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.lookup import Statement
from mcqms_kg.shacl.near.kinds import Value

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


def is_any(rows: Iterable[Row]) -> bool:
    return any(True for _ in rows)


def agreeing_again(follow: Follow, checked: Iterable[str]) -> Follow:
    """Only the rows that agree in these known columns too, which could not be told beforehand."""
    names = tuple(checked)
    if not names:
        return follow
    return lambda row: (found for found in follow(row) if all(found[name] == row[name] for name in names))
