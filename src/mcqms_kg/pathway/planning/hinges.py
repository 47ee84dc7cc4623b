"""The credentials that a need hangs on, one by one: those without which it certainly falls, and those without which it may."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.counting import TooMany
from mcqms_kg.pathway.planning.enough import comes_to, enough, is_clear
from mcqms_kg.pathway.planning.needs import NOTHING, Group, Need, Shown, credentials_in
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
    """The hinges of a need that is met, or nothing where it cannot be; where something has to be chosen, all of them may be hinges."""
    found = _hinges(need, have, False)
    if found is None or is_clear(need, have):
        return found
    try:
        is_met = enough(need, have)
    except TooMany:
        return None
    if not is_met:
        return None
    return Hinges(found.certain, frozenset(c for c in credentials_in(need) if c in have))


def _hinges(need: Need, have: Collection[Term], counted: bool) -> Hinges | None:
    """The same as if nothing had to be chosen. What is `counted` is added up further above."""
    if isinstance(need, Group):
        return _of_group(need, have, counted)
    if isinstance(need, Shown):
        showing = frozenset(c for c in need.by if c in have)
        alone = showing if len(showing) == 1 and not need.held else _NONE
        return Hinges(alone, alone) if showing or need.held else None
    able = [f for f in need.fillers if f.credential in have]
    if not able:
        return None
    every = frozenset(f.credential for f in able)
    alone = every if len(every) == 1 else _NONE
    return Hinges(alone, every if counted else alone, max(f.credit for f in able), max(f.hours for f in able))


def _of_group(group: Group, have: Collection[Term], counted: bool) -> Hinges | None:
    rule = group.rule
    if rule.undecided:
        return None
    if group.excuses:
        return Hinges(_NONE, _NONE, LARGEST, LARGEST)
    adds = counted or rule.minimum_credit is not None or rule.minimum_workload is not None
    parts = [found for part in group.parts if (found := _hinges(part, have, adds))]
    sums = len(parts), sum((p.credit for p in parts), NOTHING), sum((p.hours for p in parts), NOTHING)
    brings = comes_to(rule, *sums)
    if brings is None:
        return None
    certain = _falling(rule, sums, [(p, p.certain) for p in parts])
    every = [(p, p.may) for p in parts]
    may = frozenset(term for _, terms in every for term in terms) if counted else _falling(rule, sums, every)
    return Hinges(certain, may, *brings)


def _falling(rule: Rule, sums: _Sums, parts: Iterable[tuple[Hinges, frozenset[Term]]]) -> frozenset[Term]:
    """Those without each of which the rule is not met, if the parts that are given with it fall."""
    left: dict[Term, _Sums] = {}
    for part, terms in parts:
        for term in terms:
            count, credit, hours = left.get(term, sums)
            left[term] = count - 1, credit - part.credit, hours - part.hours
    return frozenset(term for term, rest in left.items() if comes_to(rule, *rest) is None)
