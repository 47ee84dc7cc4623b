"""Arrays of numbers as sets: which are among others, each once, and which rows are alike. Quicker than NumPy's own by hashing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_ROOM = 4
"""Places for each number that is hashed, so that few fall on the same."""
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Index:
    """Where numbers stand in an array that holds each of them once. Numbers of terms are digests, so their lower bits serve as a hash."""

    numbers: Numbers
    _bits: int
    _table: npt.NDArray[np.int32]
    _displaced: npt.NDArray[np.int32]
    """The places of numbers that were hashed to the place of another, in the order of the numbers."""

    @classmethod
    def of(cls, numbers: Numbers) -> Index:
        bits = (1 << (len(numbers) * _ROOM).bit_length()) - 1
        table = np.full(bits + 1, -1, np.int32)
        hashed = numbers & bits
        table[hashed] = np.arange(len(numbers), dtype=np.int32)
        displaced = np.flatnonzero(numbers[table[hashed]] != numbers).astype(np.int32)
        return cls(numbers, bits, table, displaced[np.argsort(numbers[displaced])])

    def find(self, wanted: Numbers) -> tuple[Numbers, Mask]:
        """The place of each number, and which have one; the place of one that has none means nothing."""
        if not len(self.numbers):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.bool_)
        places = self._table[wanted & self._bits].astype(np.int64)
        found: Mask = self.numbers[places] == wanted
        if len(self._displaced):
            rest = np.flatnonzero(~found & (places >= 0))
            nearest = np.searchsorted(self.numbers[self._displaced], wanted[rest])
            nearest[nearest == len(self._displaced)] = 0
            places[rest] = self._displaced[nearest]
            found[rest] = self.numbers[places[rest]] == wanted[rest]
        return places, found


def is_among(values: Numbers, others: Numbers) -> Mask:
    """Which of the values are among the others."""
    return Index.of(others).find(values)[1]


def once(values: Numbers) -> Numbers:
    """Each number once, in order."""
    ordered = np.sort(values)
    return ordered[differ([ordered])]


def grouped(columns: Sequence[Numbers]) -> tuple[Numbers, Mask]:
    """An order in which rows that are alike stand together, and which row in it is the first of its kind."""
    if len(columns) > 1:
        mixed = _mixed(columns)
        order = np.argsort(mixed)
        is_first = differ([column[order] for column in columns])
        if (is_first <= differ([mixed[order]])).all():
            return order, is_first
    order = np.lexsort(columns) if len(columns) > 1 else np.argsort(columns[0])
    return order, differ([column[order] for column in columns])


def codes(columns: Sequence[Numbers]) -> Numbers:
    """One number a row, the same where rows are the same in all columns."""
    if len(columns) == 1:
        return columns[0]
    order, is_first = grouped(columns)
    found = np.empty(len(order), np.int64)
    found[order] = np.cumsum(is_first) - 1
    return found


def _mixed(columns: Sequence[Numbers]) -> npt.NDArray[np.uint64]:
    """A hash of each row; rows that are not alike may share it."""
    mixed = columns[0].astype(np.uint64)
    for column in columns[1:]:
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _ODD + column.astype(np.uint64)
    return mixed


def differ(columns: Sequence[npt.NDArray[np.generic]]) -> Mask:
    """Which rows differ from the one before them; the first does."""
    found = np.ones(len(columns[0]), np.bool_)
    if len(found):
        found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found
