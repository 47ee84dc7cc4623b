"""Whether credentials meet a need: each fills one slot, credits add up under their caps, and nothing is counted twice."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.needs import NOTHING, Filler, Group, Need, Shown, Slot

MAX_WAYS = 20_000
"""Ways of giving contested credentials to slots that are tried; beyond it the need stays undecided."""

Place = tuple[int, ...]
"""Where a slot stands in the tree."""


class TooMany(Exception):
    """The credentials can be given to the slots in more ways than are tried."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a part brings, and what meets it: part, and the credential or exemption in it."""

    credit: Decimal
    hours: Decimal
    by: tuple[tuple[Term, Term], ...]


def met(need: Need, have: Collection[Term], optimistic: bool = False) -> Met | None:
    """How the need is met by the credentials, or nothing; `optimistic` takes undecided rules as they can be read."""
    slots = list(_slots(need, ()))
    shared = isinstance(need, Group) and need.rule.shared
    hours = _asks_for_hours(need)
    for filling in _fillings(slots, have):
        found = _Count(have, filling, shared, optimistic, hours).part(need, ())
        if found is not None:
            return found
    return None


def _asks_for_hours(need: Need) -> bool:
    return isinstance(need, Group) and (need.rule.minimum_workload is not None or any(map(_asks_for_hours, need.parts)))


def _slots(need: Need, place: Place) -> Iterator[tuple[Place, Slot]]:
    """Every slot with its place in the tree."""
    if isinstance(need, Slot):
        yield place, need
    elif isinstance(need, Group):
        for position, part in enumerate(need.parts):
            yield from _slots(part, (*place, position))


def _fillings(slots: list[tuple[Place, Slot]], have: Collection[Term]) -> Iterator[dict[Place, Filler]]:
    """Every way of giving the credentials to the slots that could matter, each credential once."""
    held = {place: [f for f in slot.fillers if f.credential in have] for place, slot in slots}
    wanted = Counter(c for fillers in held.values() for c in {f.credential for f in fillers})
    fixed: dict[Place, Filler] = {}
    open_: list[tuple[Place, list[Filler | None]]] = []
    for place, fillers in held.items():
        best = max(fillers, key=lambda f: (f.credit, f.hours), default=None)
        if best is None:
            continue
        if all(wanted[f.credential] == 1 and f.hours <= best.hours for f in fillers):
            fixed[place] = best
        else:
            open_.append((place, [*fillers, None]))
    yield from _choices(fixed, open_)


def _choices(
    fixed: dict[Place, Filler], open_: list[tuple[Place, list[Filler | None]]]
) -> Iterator[dict[Place, Filler]]:
    for tried, choice in enumerate(itertools.product(*(fillers for _, fillers in open_))):
        if tried >= MAX_WAYS:
            raise TooMany
        used = [f.credential for f in choice if f]
        if len(set(used)) == len(used):
            yield fixed | {place: f for (place, _), f in zip(open_, choice, strict=True) if f}


@dataclass(frozen=True, slots=True)
class _Count:
    """Counts for one way of filling slots. In a shared rule a slot is met by whoever can, and only credits follow the filling."""

    have: Collection[Term]
    filling: Mapping[Place, Filler]
    shared: bool
    optimistic: bool
    hours_matter: bool

    def part(self, need: Need, place: Place) -> Met | None:
        if isinstance(need, Slot):
            return self._slot(need, place)
        if isinstance(need, Shown):
            by = next((c for c in need.by if c in self.have), None)
            return Met(NOTHING, NOTHING, ((need.term, by or need.term),)) if by or need.held else None
        return self._group(need, place)

    def _slot(self, slot: Slot, place: Place) -> Met | None:
        filler = self.filling.get(place)
        if filler is not None:
            return Met(filler.credit, filler.hours, ((slot.term, filler.credential),))
        able = next((f for f in slot.fillers if f.credential in self.have), None) if self.shared else None
        return Met(NOTHING, NOTHING, ((slot.term, able.credential),)) if able else None

    def _group(self, group: Group, place: Place) -> Met | None:
        rule = group.rule
        if rule.undecided and not self.optimistic:
            return None
        counted = [m for n in range(len(group.parts)) if (m := self._part_or_excuse(group, n, place)) is not None]
        credit = sum((m.credit for m in counted), NOTHING)
        hours = sum((m.hours for m in counted), NOTHING)
        if rule.maximum_credit is not None:
            credit = min(credit, rule.maximum_credit)
        if len(counted) < rule.count_needed or hours < (rule.minimum_workload or 0):
            return None
        if credit < (rule.minimum_credit or 0):
            return None
        return Met(credit, hours, tuple(pair for m in counted for pair in m.by))

    def _part_or_excuse(self, group: Group, position: int, place: Place) -> Met | None:
        """The part as it is met, or excused where that brings more; the excuse of a slot that is filled is not used as well."""
        own = self.part(group.parts[position], (*place, position))
        part = group.parts[position]
        term = part.rule.term if isinstance(part, Group) else part.term
        excused = [
            Met(e.credit, NOTHING, ((term, e.term),))
            for e in group.excuses_of(position)
            if met(e.part, self.have, self.optimistic)
        ]
        best = max((m for m in (own, *excused) if m), key=lambda m: (m.credit, m.hours), default=None)
        if own and best and own.hours > best.hours and self.hours_matter:
            raise TooMany
        return best
