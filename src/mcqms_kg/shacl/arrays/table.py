"""Tables: columns of numbers, all of one length, and the few things that are done with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.arrays.sets import Mask, Numbers, codes, grouped, once

NONE = -(2**63)
"""What stands for unbound; no term has this number."""
MOST = 40_000_000
"""Numbers in the tables of one validation: beyond it SQL is the better way, which can go on on disk."""


class TooMuch(Unsupported):
    """So many rows would have to be made that SQL is the better way."""


@dataclass(frozen=True)
class Table:
    """Rows by column. They are shared, and never changed."""

    columns: Mapping[str, Numbers]
    size: int

    def picked(self, names: Iterable[tuple[str, str]]) -> Table:
        """Columns under new names: pairs of new and old name."""
        return Table({new: self.columns[old] for new, old in names}, self.size)

    def taken(self, places: Numbers) -> Table:
        return Table({name: column[places] for name, column in self.columns.items()}, len(places))

    def where(self, mask: Mask) -> Table:
        return self if mask.all() else self.taken(np.flatnonzero(mask))

    def with_column(self, name: str, column: Numbers) -> Table:
        return Table({**self.columns, name: column}, self.size)


ONE_ROW = Table({}, 1)


def of(**columns: Numbers) -> Table:
    return Table(columns, len(next(iter(columns.values()))))


def empty(names: Iterable[str]) -> Table:
    return Table({name: np.empty(0, np.int64) for name in names}, 0)


def numbers(given: Iterable[int]) -> Numbers:
    return np.fromiter(given, np.int64)


def distinct(table: Table) -> Table:
    """Each row once."""
    if not table.columns:
        return Table({}, min(table.size, 1))
    if len(table.columns) == 1:
        ((name, column),) = table.columns.items()
        return of(**{name: once(column)})
    order, is_first = grouped(list(table.columns.values()))
    return table.taken(order[is_first])


def keys(left: Table, right: Table, on: Sequence[str]) -> tuple[Numbers, Numbers]:
    """What tells rows of both tables apart in some columns. What is unbound agrees with nothing, so rows with it get keys of their side."""
    if len(on) == 1:
        one, other = left.columns[on[0]], right.columns[on[0]]
    else:
        both = codes([np.concatenate((left.columns[name], right.columns[name])) for name in on])
        one, other = both[: left.size], both[left.size :]
    return _apart(one, left, on, NONE), _apart(other, right, on, NONE + 1)


def _apart(key: Numbers, table: Table, on: Sequence[str], instead: int) -> Numbers:
    unbound = np.logical_or.reduce([table.columns[name] == NONE for name in on])
    return np.where(unbound, instead, key) if unbound.any() else key


def bounded(size: int) -> int:
    if size > MOST:
        raise TooMuch("So many rows")
    return size


def spread(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """For ranges of places: which range each place in them belongs to, and the places."""
    sizes = high - low
    size = bounded(int(sizes.sum()))
    owner = np.repeat(np.arange(len(low)), sizes)
    first = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    return owner, np.arange(size) + first
