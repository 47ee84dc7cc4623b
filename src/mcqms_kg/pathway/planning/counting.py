"""Whether credentials meet a need: each fills one slot, credits add up under their caps, and nothing is counted twice."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.needs import NOTHING, Filler, Group, Need, Shown, Slot

MAX_WAYS = 20_000
"""Ways of giving contested credentials to slots that are tried; beyond it the need stays undecided."""
MAX_FRONT = 300
"""Outcomes of one part, none better than another in everything, that are kept apart."""

Place = tuple[int, ...]
"""Where a slot stands in the tree."""


class TooMany(Exception):
    """The credentials can be given to the slots in more ways than are tried."""


@dataclass(frozen=True, slots=True)
class Met:
    """What a part brings, and what meets it: option, and the credential or exemption that meets it."""

    credit: Decimal
    hours: Decimal
    by: tuple[tuple[Term, Term], ...]

    def beats(self, other: Met) -> bool:
        return self.credit >= other.credit and self.hours >= other.hours


def met(need: Need, have: Collection[Term], optimistic: bool = False) -> Met | None:
    """How the need is met by the credentials, or nothing; `optimistic` takes undecided rules as they can be read."""
    slots = list(_slots(need, ()))
    scopes = {place: scope for place, _, scope in slots}
    for given in _given([(place, slot) for place, slot, _ in slots], have):
        found = _Count(have, given, scopes, optimistic).part(need, ())
        if found:
            return max(found, key=lambda m: (m.credit, m.hours))
    return None


def _slots(need: Need, place: Place, scope: Place | None = None) -> Iterator[tuple[Place, Slot, Place | None]]:
    """Every slot with its place in the tree, and the place of the outermost rule around it that allows sharing."""
    if isinstance(need, Slot):
        yield place, need, scope
    elif isinstance(need, Group):
        if scope is None and need.rule.shared:
            scope = place
        for position, part in enumerate(need.parts):
            yield from _slots(part, (*place, position), scope)


def _given(slots: list[tuple[Place, Slot]], have: Collection[Term]) -> Iterator[Mapping[Place, tuple[Filler, ...]]]:
    """Every way of giving credentials that several slots could use to one of them; what one slot alone could use is its own."""
    able = {place: tuple(f for f in slot.fillers if f.credential in have) for place, slot in slots}
    wanted = Counter(c for fillers in able.values() for c in {f.credential for f in fillers})
    contested = [c for c, slots_of in wanted.items() if slots_of > 1]
    if not contested:
        yield able
        return
    places = [[place for place, fillers in able.items() if any(f.credential == c for f in fillers)] for c in contested]
    for tried, choice in enumerate(itertools.product(*places)):
        if tried >= MAX_WAYS:
            raise TooMany
        goes = dict(zip(contested, choice, strict=True))
        yield {
            place: tuple(f for f in fillers if goes.get(f.credential, place) == place)
            for place, fillers in able.items()
        }


@dataclass(frozen=True, slots=True)
class _Count:
    """Counts for one way of giving. Where sharing is allowed, what is given to a slot may meet others of the rule, without credits.

    A part has several outcomes where one brings more credits and another more hours.
    """

    have: Collection[Term]
    given: Mapping[Place, tuple[Filler, ...]]
    scopes: Mapping[Place, Place | None]
    optimistic: bool

    def part(self, need: Need, place: Place) -> list[Met]:
        if isinstance(need, Slot):
            return self._slot(need, place)
        if isinstance(need, Shown):
            by = next((c for c in need.by if c in self.have), None)
            return [Met(NOTHING, NOTHING, ((need.term, by or need.term),))] if by or need.held else []
        return self._group(need, place)

    def _slot(self, slot: Slot, place: Place) -> list[Met]:
        found = [Met(f.credit, f.hours, ((slot.term, f.credential),)) for f in self.given.get(place, ())]
        if not found and (scope := self.scopes[place]) is not None:
            able = (
                f.credential for f in slot.fillers if f.credential in self.have and self._within(f.credential, scope)
            )
            found = [Met(NOTHING, NOTHING, ((slot.term, c),)) for c in itertools.islice(able, 1)]
        return _front(found)

    def _within(self, credential: Term, scope: Place) -> bool:
        """Whether the credential is given to some slot of the rule at that place."""
        return any(
            self.scopes[place] == scope and any(f.credential == credential for f in fillers)
            for place, fillers in self.given.items()
        )

    def _group(self, group: Group, place: Place) -> list[Met]:
        rule = group.rule
        if rule.undecided and not self.optimistic:
            return []
        if rule.undecided and not group.parts:
            return [Met(NOTHING, NOTHING, ())]
        counted = [found for n in range(len(group.parts)) if (found := self._part_or_excuse(group, n, place))]
        if len(counted) < rule.count_needed:
            return []
        sums = [_sum(found[0] for found in counted if len(found) == 1)]
        for found in (f for f in counted if len(f) > 1):
            sums = _front(
                Met(one.credit + more.credit, one.hours + more.hours, (*one.by, *more.by))
                for one in sums
                for more in found
            )
        cap = rule.maximum_credit
        capped = [s if cap is None or s.credit <= cap else Met(cap, s.hours, s.by) for s in sums]
        least, hours = rule.minimum_credit or NOTHING, rule.minimum_workload or NOTHING
        return _front(s for s in capped if s.credit >= least and s.hours >= hours)

    def _part_or_excuse(self, group: Group, position: int, place: Place) -> list[Met]:
        """The part as it is met, or an exemption from it, which brings its own credits instead."""
        part = group.parts[position]
        term = part.rule.term if isinstance(part, Group) else part.term
        excused = [
            Met(e.credit, NOTHING, ((term, e.term), *earned.by))
            for e in group.excuses_of(position)
            if (earned := met(e.part, self.have, self.optimistic))
        ]
        return _front((*self.part(part, (*place, position)), *excused))


def _sum(outcomes: Iterable[Met]) -> Met:
    """All of them together."""
    each = list(outcomes)
    pairs = itertools.chain.from_iterable(m.by for m in each)
    return Met(sum((m.credit for m in each), NOTHING), sum((m.hours for m in each), NOTHING), tuple(pairs))


def _front(outcomes: Iterable[Met]) -> list[Met]:
    """The outcomes of which none is beaten by another."""
    kept: list[Met] = []
    for one in outcomes:
        if not any(other.beats(one) for other in kept):
            kept = [other for other in kept if not one.beats(other)]
            kept.append(one)
    if len(kept) > MAX_FRONT:
        raise TooMany
    return kept
