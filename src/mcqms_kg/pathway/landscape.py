"""Everything that can be earned in a graph by somebody who holds nothing, and what can still be earned without some of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from mcqms_kg.model import Term
from mcqms_kg.pathway.cone import Cone, Member, dependencies, reach, resolve
from mcqms_kg.pathway.eligible import Eligibility
from mcqms_kg.pathway.holding import Holdings
from mcqms_kg.pathway.needs import Group, Need, Resolver, Shown, Slot
from mcqms_kg.pathway.projection import Projection

_NOBODY = Slot(Term("<urn:nobody>"), ())


@dataclass(frozen=True)
class Landscape:
    """A graph on a day: its credentials with resolved needs, who uses each, and which of them can be earned. Made once, asked often."""

    projection: Projection
    day: dt.date
    members: Mapping[Term, Member]
    users: Mapping[Term, tuple[Term, ...]]
    earnable: frozenset[Term]
    undecided: bool = False

    def downstream(self, things: Iterable[Term]) -> dict[Term, None]:
        """The things and every credential that may be made of them, over any number of steps."""
        found = dict.fromkeys(things)
        for term in (waiting := list(found)):
            for user in self.users.get(term, ()):
                if user not in found:
                    found[user] = None
                    waiting.append(user)
        return found

    def lost_without(
        self,
        gone: Collection[Term],
        members: Mapping[Term, Member] | None = None,
        held: Iterable[Term] = (),
    ) -> Lost:
        """The credentials that anybody can earn now, and that who holds `held` could not earn without what is `gone`, that included.

        `members` stand in for members whose needs are other then. What is not downstream cannot change, and is not looked at again.
        """
        changed = members or {}
        touched = self.downstream((*gone, *changed))
        inside = {t: changed.get(t) or self.members[t] for t in touched if t in self.members and t not in gone}
        have = _used(inside, self.earnable.difference(touched)) | dict.fromkeys(held)
        reached = reach(Cone(_NOBODY, inside), have)
        return Lost(frozenset(t for t in touched if t in self.earnable and t not in reached.stages), reached.undecided)


@dataclass(frozen=True)
class Lost:
    """What could no longer be earned, and whether some rule could not be decided."""

    credentials: frozenset[Term]
    undecided: bool


def survey(projection: Projection, day: dt.date) -> Landscape:
    """The landscape of a projection on a day."""
    resolver = _resolver(projection, day)
    members = {term: resolve(projection, resolver, term) for term in projection.credentials}
    users: dict[Term, list[Term]] = {}
    for member in members.values():
        for term in dependencies(member):
            users.setdefault(term, []).append(member.term)
    reached = reach(Cone(_NOBODY, members), ())
    turned = {term: tuple(by) for term, by in users.items()}
    return Landscape(projection, day, members, turned, frozenset(reached.stages), reached.undecided)


def without_unit(landscape: Landscape, unit: Term) -> dict[Term, Member]:
    """The members that ask for a unit, as they would be if nothing could show it."""
    projection = landscape.projection
    asking = {t: m for t, m in landscape.members.items() if any(_asks(need, unit) for need in m.needs())}
    poorer = replace(projection, covering={**projection.covering, unit: ()})
    resolver = _resolver(poorer, landscape.day)
    return {term: resolve(poorer, resolver, term) for term in asking}


def _asks(need: Need, unit: Term) -> bool:
    if isinstance(need, Group):
        return any(_asks(part, unit) for part in need.parts)
    return isinstance(need, Shown) and need.term == unit


def _resolver(projection: Projection, day: dt.date) -> Resolver:
    return Resolver(Eligibility(projection, Holdings({}), day))


def _used(members: Mapping[Term, Member], kept: frozenset[Term]) -> dict[Term, None]:
    """Of what is kept, that which the members may use."""
    return {term: None for member in members.values() for term in dependencies(member) if term in kept}
