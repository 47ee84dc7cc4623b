"""Rows as tuples, and the few things that are done with many of them at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.kinds import Value

Row = tuple[Value, ...]
Rows = list[Row]
"""Rows of a plan, in the order of its columns. They are shared, and never changed."""
Wanted = Mapping[str, Collection[Value]]
"""For some columns the values that will be asked for: rows with others may be left out, and need not be."""
EVERYTHING: Wanted = {}
MOST = 2_000_000
"""Rows made in one validation: beyond it SQL is the quicker way."""


class TooMuch(Unsupported):
    """So many rows would have to be made that SQL is the quicker way."""


def key_of(columns: Sequence[str], names: Sequence[str]) -> Callable[[Row], Any]:
    """What tells rows apart in some columns: the value of one, a tuple of several."""
    return itemgetter(*(columns.index(name) for name in names)) if names else lambda _: ()


def picked(rows: Rows, columns: Sequence[str], names: Sequence[str]) -> Rows:
    """The rows with only these columns, in this order."""
    if tuple(columns) == tuple(names):
        return rows
    places = [columns.index(name) for name in names]
    if not places:
        return [()] * len(rows)
    if len(places) == 1:
        (only,) = places
        return [(row[only],) for row in rows]
    return list(map(itemgetter(*places), rows))


def values_in(rows: Iterable[Row], columns: Sequence[str], name: str) -> set[Value]:
    """The values of a column; what is unbound agrees with nothing."""
    place = columns.index(name)
    found = {row[place] for row in rows}
    found.discard(None)
    return found


def shared(left: Sequence[str], right: Sequence[str]) -> list[str]:
    return [name for name in left if name in right]


def keys(rows: Rows, columns: Sequence[str], names: Sequence[str]) -> set[Any]:
    """The keys of the rows, without those that are unbound in some part."""
    found = set(map(key_of(columns, names), rows))
    if len(names) == 1:
        found.discard(None)
        return found
    return {key for key in found if None not in key}


def joined(left: Rows, left_columns: Sequence[str], right: Rows, right_columns: Sequence[str]) -> Rows:
    """Each row of the left with each of the right that agrees: the columns of the left, then what only the right has."""
    on = shared(left_columns, right_columns)
    rest = [name for name in right_columns if name not in on]
    more = picked(right, right_columns, rest)
    if not on:
        _bounded(len(left) * len(right))
        return [row + other for row in left for other in more]
    by_key = _by_key(right, right_columns, on, more)
    of = key_of(left_columns, on)
    if by_key and len(left) * max(map(len, by_key.values())) > MOST:
        sizes = Counter(map(of, left))
        _bounded(sum(number * len(by_key.get(key, ())) for key, number in sizes.items()))
    return [row + other for row in left for other in by_key.get(of(row), ())]


def _by_key(rows: Rows, columns: Sequence[str], on: Sequence[str], more: Rows) -> dict[Any, list[Row]]:
    found: defaultdict[Any, list[Row]] = defaultdict(list)
    for key, other in zip(map(key_of(columns, on), rows), more, strict=True):
        found[key].append(other)
    if len(on) == 1:
        found.pop(None, None)
        return found
    return {key: others for key, others in found.items() if None not in key}


def _bounded(number: int) -> None:
    if number > MOST:
        raise TooMuch("So many rows")
