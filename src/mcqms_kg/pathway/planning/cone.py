"""Everything that may help towards a goal, backwards from it, and what of that can be reached from what is held."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.counting import TooMany
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.needs import Filler, Group, Need, Resolver, Slot, credentials_in
from mcqms_kg.pathway.planning.sufficiency import enough
from mcqms_kg.pathway.projection.reading import Projection

MAX_MEMBERS = 20_000
"""Credentials that are looked at for one goal; a goal that more may help towards is answered from these, and the answer says so."""


@dataclass(frozen=True, slots=True)
class Member:
    """A credential that may help: whether it can be learned on the day, what it asks for first, and the ways of stacking up to it."""

    term: Term
    learnable: bool
    first: tuple[Need, ...]
    ways: tuple[Group, ...]

    def needs(self) -> tuple[Need, ...]:
        return (*self.first, *self.ways)


@dataclass(frozen=True)
class Cone:
    """The goal, and the credentials on every way to it that are not held."""

    goal: Need
    members: Mapping[Term, Member]
    cut: bool = False


@dataclass
class Reached:
    """The credentials that can be had, each with the stage at which it can be had first; and those that nobody can decide on."""

    stages: MutableMapping[Term, int] = field(default_factory=dict)
    undecided: bool = False


def goal_of(projection: Projection, resolver: Resolver, target: Term) -> Need:
    """A job title needs its units; a credential needs itself."""
    if target in projection.credentials:
        return Slot(target, (Filler(target),))
    return resolver.all_units(target, projection.jobs[target].requires)


def cone(projection: Projection, resolver: Resolver, goal: Need, held: Holdings) -> Cone:
    """Backwards from the goal, nearest first."""
    members: dict[Term, Member] = {}
    waiting = deque(dict.fromkeys(credentials_in(goal)))
    cut = False
    while waiting:
        term = waiting.popleft()
        if term in members or term in held.credentials:
            continue
        if len(members) >= MAX_MEMBERS:
            cut = True
            break
        members[term] = member = resolve(projection, resolver, term)
        waiting.extend(d for d in dependencies(member) if d not in members)
    return Cone(goal, members, cut)


def resolve(projection: Projection, resolver: Resolver, term: Term) -> Member:
    """A credential with its requirement trees resolved."""
    facts, eligible = projection.credentials[term], resolver.eligible
    asked = (resolver.slot(r, term) for r in facts.requires)
    rules = (resolver.rule(r, term) for r in facts.requires_rules)
    is_open = facts.open(eligible.day, eligible.hopeful)
    return Member(term, is_open and facts.offered, (*asked, *rules), resolver.ways(term) if is_open else ())


def dependencies(member: Member) -> Iterator[Term]:
    """What it may be made of or asks for first, each once."""
    return iter(dict.fromkeys(c for need in member.needs() for c in credentials_in(need)))


def users_of(members: Iterable[Member]) -> dict[Term, list[Term]]:
    """Who may be made of a credential, or asks for it first."""
    users: dict[Term, list[Term]] = {}
    for member in members:
        for term in dependencies(member):
            users.setdefault(term, []).append(member.term)
    return users


def reach(inside: Cone, held: Iterable[Term], *, optimistic: bool = False, learn: bool = True) -> Reached:
    """Forwards from what is held, stage by stage, until nothing is added; without `learn` only what stacks up by itself."""
    found = Reached(dict.fromkeys(held, 0))
    users = users_of(inside.members.values())
    due: Iterable[Term] = inside.members
    stage = 0
    while due:
        stage += 1
        new = [t for t in due if t not in found.stages and can_be_had(inside.members[t], found, optimistic, learn)]
        found.stages.update(dict.fromkeys(new, stage))
        due = dict.fromkeys(user for term in new for user in users.get(term, ()))
    return found


def can_be_had(member: Member, found: Reached, optimistic: bool = False, learn: bool = True) -> bool:
    """Whether what was reached is enough for the member."""

    def holds(need: Need) -> bool:
        try:
            return enough(need, found.stages, optimistic)
        except TooMany:
            found.undecided = True
            return optimistic

    if not all(map(holds, member.first)):
        return False
    return (learn and member.learnable) or any(map(holds, member.ways))


def is_met(goal: Need, have: Reached) -> bool:
    """Whether the goal is met by what can be had."""
    try:
        return enough(goal, have.stages)
    except TooMany:
        have.undecided = True
        return False
