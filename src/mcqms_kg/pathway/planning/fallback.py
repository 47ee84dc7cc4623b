"""Some way to the target where there is no time for the best: backwards over what could be had first, then without what is needless."""

from __future__ import annotations

import time

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Cone, Member, Reached
from mcqms_kg.pathway.planning.counting import Met, met
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.proofs import prove
from mcqms_kg.pathway.planning.solving import Solution

MOST_SECONDS = 0.5
"""How long needless steps are looked for."""


def some_way(inside: Cone, held: Holdings, have: Reached) -> Solution | None:
    """A set of credentials that leads to the goal, never said to be the best."""
    earned = _backwards(inside, held, have)
    learned = frozenset(t for t in earned if inside.members[t].learnable)
    until = time.monotonic() + MOST_SECONDS
    for term in sorted(earned, key=lambda t: -have.stages[t]):
        less = earned - {term}
        if time.monotonic() < until and prove(inside, held.credentials, less, learned & less) is not None:
            earned, learned = less, learned & less
    if prove(inside, held.credentials, earned, learned) is None:
        return None
    return Solution(earned, learned, proven=False)


def _backwards(inside: Cone, held: Holdings, have: Reached) -> frozenset[Term]:
    found: dict[Term, None] = {}
    waiting = _used(met(inside.goal, have.stages))
    while waiting:
        term = waiting.pop()
        if term not in found and term in inside.members and term not in held.credentials:
            found[term] = None
            waiting += _before(inside.members[term], have)
    return frozenset(found)


def _before(member: Member, have: Reached) -> list[Term]:
    """What the member is made of, from what could be had at an earlier stage."""
    earlier = {t: None for t, stage in have.stages.items() if stage < have.stages[member.term]}
    used = [t for need in member.first for t in _used(met(need, earlier))]
    if not member.learnable:
        used += next((_used(found) for way in member.ways if (found := met(way, earlier))), [])
    return used


def _used(found: Met | None) -> list[Term]:
    return [by for _, by in found.by] if found else []
