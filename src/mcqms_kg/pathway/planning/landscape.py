"""Everything that can be earned in a graph by somebody who holds nothing, and what can still be earned without some of it."""

from __future__ import annotations

import datetime as dt
from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace

from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Cone, Member, Reached, can_be_had, dependencies, reach, resolve
from mcqms_kg.pathway.planning.eligible import Eligibility
from mcqms_kg.pathway.planning.holding import Holdings
from mcqms_kg.pathway.planning.necessity import TooManyPairs, necessary
from mcqms_kg.pathway.planning.needs import Group, Need, Resolver, Shown, Slot
from mcqms_kg.pathway.projection.reading import Projection

_NOBODY = Slot(Term("<urn:nobody>"), ())


@dataclass(frozen=True)
class Landscape:
    """A graph on a day: its credentials with resolved needs, who uses each, who asks for a unit, and which of them can be earned.

    Made once, with all that questions about the whole graph share, and asked often.
    `stages` say in how many steps something can be earned first, by somebody who holds nothing.
    """

    projection: Projection
    day: dt.date
    members: Mapping[Term, Member]
    users: Mapping[Term, tuple[Term, ...]]
    asking: Mapping[Term, tuple[Term, ...]]
    stages: Mapping[Term, int]
    held_up: Mapping[Term, tuple[Term, ...]] | None
    """What each credential holds up: whatever could not be earned without it; nothing where that is too much to keep."""
    undecided: bool = False

    @property
    def earnable(self) -> Mapping[Term, int]:
        """What can be earned."""
        return self.stages

    def downstream(self, things: Iterable[Term]) -> dict[Term, None]:
        """The things and every credential that may be made of them, over any number of steps."""
        found = dict.fromkeys(things)
        for term in (waiting := list(found)):
            for user in self.users.get(term, ()):
                if user not in found:
                    found[user] = None
                    waiting.append(user)
        return found

    def lost_without(self, gone: Collection[Term], members: Mapping[Term, Member] | None = None) -> Lost:
        """The credentials that anybody can earn now, and that nobody could earn without what is `gone`, that included.

        `members` stand in for members whose needs are other then. What is not downstream cannot change, and is not looked at again.
        """
        changed = members or {}
        touched = self.downstream((*gone, *changed))
        inside = {t: changed.get(t) or self.members[t] for t in touched if t in self.members and t not in gone}
        reached = reach(Cone(_NOBODY, inside), self._used(inside, touched))
        lost = frozenset(t for t in touched if t in self.earnable and t not in reached.stages)
        return Lost(lost, reached.undecided, inside, reached.stages)

    def regained(self, lost: Lost, held: Iterable[Term]) -> frozenset[Term]:
        """What of that somebody can have who holds these: only what is made of them is looked at again."""
        mine = dict.fromkeys(held, 0)
        have = Reached(ChainMap(mine, lost.others))
        due = dict.fromkeys(user for term in mine for user in self.users.get(term, ()))
        while due:
            new = [t for t in due if t in lost.members and t not in have.stages and can_be_had(lost.members[t], have)]
            mine.update(dict.fromkeys(new, 0))
            due = dict.fromkeys(user for term in new for user in self.users.get(term, ()))
        return lost.credentials & mine.keys()

    def _used(self, members: Mapping[Term, Member], touched: Collection[Term]) -> dict[Term, None]:
        """What the members may use of that which can be earned and is not touched."""
        used = (term for member in members.values() for term in dependencies(member))
        return {term: None for term in used if term in self.stages and term not in touched}


@dataclass(frozen=True)
class Lost:
    """What could no longer be earned, whether some rule could not be decided, the members looked at, and what can be had nonetheless."""

    credentials: frozenset[Term]
    undecided: bool
    members: Mapping[Term, Member]
    others: MutableMapping[Term, int]


def survey(projection: Projection, day: dt.date) -> Landscape:
    """The landscape of a projection on a day."""
    with garbage_collection_paused():
        return _survey(projection, day)


def _survey(projection: Projection, day: dt.date) -> Landscape:
    resolver = _resolver(projection, day)
    members = {term: resolve(projection, resolver, term) for term in projection.credentials}
    users: dict[Term, list[Term]] = {}
    asking: dict[Term, list[Term]] = {}
    for member in members.values():
        for term in dependencies(member):
            users.setdefault(term, []).append(member.term)
        for unit in dict.fromkeys(unit for need in member.needs() for unit in _units(need)):
            asking.setdefault(unit, []).append(member.term)
    reached = reach(Cone(_NOBODY, members), ())
    held_up = _held_up(members, reached.stages, users)
    return Landscape(
        projection, day, members, _turned(users), _turned(asking), reached.stages, held_up, reached.undecided
    )


def _held_up(
    members: Mapping[Term, Member], stages: Mapping[Term, int], users: Mapping[Term, list[Term]]
) -> Mapping[Term, tuple[Term, ...]] | None:
    found: dict[Term, list[Term]] = {}
    try:
        for term, needs in necessary(members, stages, users).items():
            for other in needs:
                if other != term:
                    found.setdefault(other, []).append(term)
    except TooManyPairs:
        return None
    return _turned(found)


def without_unit(landscape: Landscape, unit: Term) -> dict[Term, Member]:
    """The members that ask for a unit, or for what it stands for by an alignment, as they would be if nothing covered it."""
    projection = landscape.projection
    asked = (unit, *(thing for thing, others in projection.aligned.items() if unit in others))
    return _again(landscape, asked, replace(projection, covering={**projection.covering, unit: ()}))


def with_alignments(landscape: Landscape, skill: Term, others: tuple[Term, ...]) -> dict[Term, Member]:
    """The members that ask for a unit or skill, as they would be if only these stood for it."""
    projection = landscape.projection
    return _again(landscape, (skill,), replace(projection, aligned={**projection.aligned, skill: others}))


def _again(landscape: Landscape, things: Iterable[Term], projection: Projection) -> dict[Term, Member]:
    """The members that ask for one of the things, resolved in another projection."""
    resolver = _resolver(projection, landscape.day)
    asking = dict.fromkeys(term for thing in things for term in landscape.asking.get(thing, ()))
    return {term: resolve(projection, resolver, term) for term in asking}


def _units(need: Need) -> Iterator[Term]:
    """The units that a need asks for."""
    if isinstance(need, Group):
        for position, part in enumerate(need.parts):
            yield from _units(part)
            yield from (unit for excuse in need.excuses_of(position) for unit in _units(excuse.part))
    elif isinstance(need, Shown) and need.kind == "unit":
        yield need.term


def _turned(lists: Mapping[Term, list[Term]]) -> Mapping[Term, tuple[Term, ...]]:
    return {term: tuple(by) for term, by in lists.items()}


def _resolver(projection: Projection, day: dt.date) -> Resolver:
    return Resolver(Eligibility(projection, Holdings({}), day))
