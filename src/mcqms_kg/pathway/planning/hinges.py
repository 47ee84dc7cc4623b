"""The credentials that a need hangs on, one by one: those without which it certainly falls, and those without which it may."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.counting import TooMany
from mcqms_kg.pathway.planning.needs import NOTHING, Filler, Group, Need, Shown, Slot, credentials_in
from mcqms_kg.pathway.planning.sufficiency import comes_to, enough
from mcqms_kg.pathway.projection.stacking import Rule
from mcqms_kg.pathway.projection.values import LARGEST

_NONE = frozenset[Term]()
_Sums = tuple[int, Decimal, Decimal]
"""Parts that are met, credits and hours."""


@dataclass(frozen=True, slots=True)
class Hinges:
    """Without any one of the `certain` the need falls; of the others only without one of those that `may`. It brings at most so much."""

    certain: frozenset[Term]
    may: frozenset[Term]
    credit: Decimal = NOTHING
    hours: Decimal = NOTHING


def hinges(need: Need, have: Collection[Term]) -> Hinges | None:
    """The hinges of a need that is met, or nothing where it cannot be.

    Where something has to be chosen, the need is looked at twice: as if nothing had to be, which brings too much and so says what is
    certain, and with the first choice, which brings too little and so says what may be.
    """
    first = _Chosen(have)
    least = first.of(need, counted=False)
    if not first.has_chosen:
        return least
    most = _Boundless(have).of(need, counted=False)
    if most is None or least is not None:
        return most and least and Hinges(most.certain, least.may)
    try:
        is_met = enough(need, have)
    except TooMany:
        return None
    return Hinges(most.certain, frozenset(c for c in credentials_in(need) if c in have)) if is_met else None


def is_clear(need: Need, have: Collection[Term]) -> bool:
    """Whether there is nothing to choose: what meets each part, and where each credential counts."""
    walk = _Chosen(have)
    walk.of(need, counted=False)
    return not walk.has_chosen and all(sum(c in have for c in shown.by) <= 1 for shown in _shown(need))


def _shown(need: Need) -> Iterator[Shown]:
    if isinstance(need, Shown):
        yield need
    elif isinstance(need, Group):
        for part in need.parts:
            yield from _shown(part)


class _Boundless:
    """A need as if a credential counted wherever it fits, with the most credits and the most hours, and whoever may be excused were."""

    def __init__(self, have: Collection[Term]) -> None:
        self._have = have

    def of(self, need: Need, counted: bool) -> Hinges | None:
        """What it hangs on. What is `counted` is added up further above."""
        if isinstance(need, Slot):
            able = self._able(need)
            return self._slot(able, counted) if able else None
        if isinstance(need, Shown):
            showing = frozenset(c for c in need.by if c in self._have)
            alone = showing if len(showing) == 1 and not need.held else _NONE
            return Hinges(alone, alone) if showing or need.held else None
        if need.rule.undecided:
            return None
        return self._excused(need, counted) if need.excuses else self._group(need, counted)

    def _able(self, slot: Slot) -> list[Filler]:
        return [f for f in slot.fillers if f.credential in self._have]

    def _slot(self, able: list[Filler], counted: bool) -> Hinges:
        if len(able) == 1:
            one = frozenset((able[0].credential,))
            return Hinges(one, one, able[0].credit, able[0].hours)
        every = frozenset(f.credential for f in able) if counted else _NONE
        return Hinges(_NONE, every, max(f.credit for f in able), max(f.hours for f in able))

    def _excused(self, _: Group, __: bool) -> Hinges | None:
        return Hinges(_NONE, _NONE, LARGEST, LARGEST)

    def _group(self, group: Group, counted: bool) -> Hinges | None:
        rule = group.rule
        adds = counted or rule.minimum_credit is not None or rule.minimum_workload is not None
        parts = [found for part in group.parts if (found := self.of(part, adds))]
        sums = len(parts), sum((p.credit for p in parts), NOTHING), sum((p.hours for p in parts), NOTHING)
        brings = comes_to(rule, *sums)
        if brings is None:
            return None
        certain = _falling(rule, sums, [(p, p.certain) for p in parts])
        if counted:
            return Hinges(certain, frozenset(term for p in parts for term in p.may), *brings)
        same = all(p.may is p.certain for p in parts)
        return Hinges(certain, certain if same else _falling(rule, sums, [(p, p.may) for p in parts]), *brings)


class _Chosen(_Boundless):
    """A need with the first choice: a credential counts where it stands first, that with most credits fills a slot, nobody is excused."""

    def __init__(self, have: Collection[Term]) -> None:
        super().__init__(have)
        self.has_chosen = False
        """Whether there was anything to choose."""
        self._used = set[Term]()

    def _able(self, slot: Slot) -> list[Filler]:
        able = super()._able(slot)
        if not self._used.isdisjoint(f.credential for f in able):
            self.has_chosen = True
            able = [f for f in able if f.credential not in self._used]
        self._used.update(f.credential for f in able)
        return able

    def _slot(self, able: list[Filler], counted: bool) -> Hinges:
        found = super()._slot(able, counted)
        best = max(able, key=lambda f: (f.credit, f.hours)) if len(able) > 1 else able[0]
        if best.hours == found.hours:
            return found
        self.has_chosen = True
        return Hinges(found.certain, found.may, best.credit, best.hours)

    def _excused(self, group: Group, counted: bool) -> Hinges | None:
        self.has_chosen = True
        return self._group(group, counted)


def _falling(rule: Rule, sums: _Sums, parts: Iterable[tuple[Hinges, frozenset[Term]]]) -> frozenset[Term]:
    """Those without each of which the rule is not met, if the parts that are given with it fall."""
    left: dict[Term, _Sums] = {}
    for part, terms in parts:
        for term in terms:
            count, credit, hours = left.get(term, sums)
            left[term] = count - 1, credit - part.credit, hours - part.hours
    return frozenset(term for term, rest in left.items() if comes_to(rule, *rest) is None)
