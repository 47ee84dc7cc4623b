"""A set of credentials as steps in order, each with what meets it: the proof that the goal is met, checked apart from the solver."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Cone, Member, users_of
from mcqms_kg.pathway.planning.counting import met
from mcqms_kg.pathway.planning.needs import NOTHING, Group, Need
from mcqms_kg.pathway.projection.stacking import Credential

How = Literal["learn", "stack", "granted"]


@dataclass(frozen=True, slots=True)
class Step:
    """One credential on the way: how it is earned, at which stage, and by what. Steps of one stage may be taken at the same time."""

    credential: Term
    how: How
    stage: int
    rule: Term | None = None
    by: tuple[tuple[Term, Term], ...] = ()
    first: tuple[tuple[Term, Term], ...] = ()
    credit: Decimal = NOTHING
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The steps in order, and what meets the goal."""

    steps: tuple[Step, ...]
    goal: tuple[tuple[Term, Term], ...]


def prove(
    inside: Cone,
    held: Collection[Term],
    earned: Collection[Term],
    learned: Collection[Term],
    granted: Collection[Term] = (),
    whole: bool = True,
) -> Proof | None:
    """The steps by which the credentials are earned and meet the goal, or nothing where they do not.

    Without `whole` units or sums are missing: what rests on them comes last, with no proof of its own.
    """
    have: dict[Term, None] = dict.fromkeys(held)
    steps: list[Step] = []
    users = users_of(inside.members[t] for t in sorted(earned))
    due = sorted(earned)
    stage = 0
    while due:
        stage += 1
        new = [
            s
            for t in due
            if t not in have and (s := _step(inside.members[t], have, stage, learned, granted)) is not None
        ]
        steps += new
        have |= dict.fromkeys(s.credential for s in new)
        due = sorted({user for s in new for user in users.get(s.credential, ())})
    left = [t for t in sorted(earned) if t not in have]
    if left and whole:
        return None
    steps += [Step(t, "stack", stage) for t in left]
    goal = met(inside.goal, have)
    if goal is not None:
        return Proof(tuple(steps), goal.by)
    return None if whole else Proof(tuple(steps), _so_far(inside.goal, have))


def _so_far(goal: Need, have: Collection[Term]) -> tuple[tuple[Term, Term], ...]:
    """What of the goal is met although the whole is not."""
    parts = goal.parts if isinstance(goal, Group) else ()
    return tuple(pair for part in parts if (found := met(part, have)) for pair in found.by)


def _step(
    member: Member, have: Mapping[Term, None], stage: int, learned: Collection[Term], granted: Collection[Term]
) -> Step | None:
    if member.term in granted:
        return Step(member.term, "granted", stage)
    first: list[tuple[Term, Term]] = []
    for need in member.first:
        found = met(need, have)
        if found is None:
            return None
        first += found.by
    if member.term in learned:
        return Step(member.term, "learn", stage, first=tuple(first))
    for way in member.ways:
        found = met(way, have)
        if found is not None:
            rule = way.rule
            return Step(member.term, "stack", stage, rule.term, found.by, tuple(first), found.credit, rule.implied)
    return None


def longest_hours(proof: Proof, credentials: Mapping[Term, Credential]) -> Decimal:
    """The hours along the longest chain: how long it takes at least when what can be learned at the same time is."""
    until: dict[Term, Decimal] = {}
    for step in proof.steps:
        before = max((until.get(by, NOTHING) for _, by in (*step.by, *step.first)), default=NOTHING)
        own = (credentials[step.credential].hours or NOTHING) if step.how == "learn" else NOTHING
        until[step.credential] = before + own
    return max(until.values(), default=NOTHING)
