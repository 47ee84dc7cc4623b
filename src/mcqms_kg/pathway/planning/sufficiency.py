"""Whether credentials are enough for a need, without saying how: quick where none has to be given to one of several slots."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.counting import met
from mcqms_kg.pathway.planning.needs import NOTHING, Need, Shown, Slot
from mcqms_kg.pathway.projection.stacking import Rule

_Brought = tuple[Decimal, Decimal]
"""Credits and hours."""


class _Unclear(Exception):
    """There is something to choose: which slot a credential fills, which of two fills one, or whether an exemption is used."""


def enough(need: Need, have: Collection[Term], optimistic: bool = False) -> bool:
    """What `met` says without saying how. Raises `TooMany` as it does."""
    try:
        return _brought(need, have, set(), optimistic) is not None
    except _Unclear:
        return met(need, have, optimistic) is not None


def _brought(need: Need, have: Collection[Term], used: set[Term], optimistic: bool) -> _Brought | None:
    """What the need brings where there is only one way to meet it, or nothing where there is none."""
    if isinstance(need, Slot):
        return _slot(need, have, used)
    if isinstance(need, Shown):
        return (NOTHING, NOTHING) if need.held or any(c in have for c in need.by) else None
    if need.excuses:
        raise _Unclear
    if need.rule.undecided and not (optimistic and need.parts):
        return (NOTHING, NOTHING) if optimistic else None
    brought = [b for part in need.parts if (b := _brought(part, have, used, optimistic))]
    return comes_to(
        need.rule, len(brought), sum((b[0] for b in brought), NOTHING), sum((b[1] for b in brought), NOTHING)
    )


def _slot(slot: Slot, have: Collection[Term], used: set[Term]) -> _Brought | None:
    able = [f for f in slot.fillers if f.credential in have]
    if not able:
        return None
    for filler in able:
        if filler.credential in used:
            raise _Unclear
        used.add(filler.credential)
    best = max(able, key=lambda f: (f.credit, f.hours)) if len(able) > 1 else able[0]
    if any(f.hours > best.hours for f in able):
        raise _Unclear
    return best.credit, best.hours


def comes_to(rule: Rule, count: int, credit: Decimal, hours: Decimal) -> _Brought | None:
    """What a rule brings whose parts bring so much together, or nothing where it is not met."""
    if count < rule.count_needed:
        return None
    if rule.maximum_credit is not None and credit > rule.maximum_credit:
        credit = rule.maximum_credit
    if rule.minimum_credit is not None and credit < rule.minimum_credit:
        return None
    return None if rule.minimum_workload is not None and hours < rule.minimum_workload else (credit, hours)
