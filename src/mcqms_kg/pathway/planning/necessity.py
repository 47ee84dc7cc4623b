"""Which credentials each one cannot do without: dominators of a graph in which some things need all, and some need enough, of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Member, Reached, can_be_had, dependencies
from mcqms_kg.pathway.planning.hinges import hinges

MOST_PAIRS = 5_000_000
"""Pairs of a credential and one it cannot do without that are kept; a graph with more has more than anybody can be told."""

Necessary = dict[Term, frozenset[Term]]


class TooManyPairs(Exception):
    """Credentials hang on each other in more pairs than are kept."""


def necessary(
    members: Mapping[Term, Member], stages: Mapping[Term, int], users: Mapping[Term, Sequence[Term]]
) -> Necessary:
    """For everything that can be had, itself and what it could not be had without; `users` say who may be made of what.

    First over what comes before it on its first way, which says too much at most; then over all ways, again and again, until nothing
    falls away. What then is left is exact: whoever can be had without a thing can be had from others that can be had without it.
    """
    found: Necessary = {}
    waiting: dict[Term, None] = {}
    pairs = 0
    for term, stage in sorted(stages.items(), key=lambda each: each[1]):
        member = members[term]
        if member.learnable and not member.first:
            found[term] = frozenset((term,))
            continue
        parts = list(dependencies(member))
        if any(stages.get(part, -1) >= stage for part in parts):
            waiting[term] = None
        found[term] = _needed(member, [part for part in parts if part in found], found, None)
        pairs += len(found[term])
        if pairs > MOST_PAIRS:
            raise TooManyPairs
    while waiting:
        term = next(iter(waiting))
        del waiting[term]
        parts = [part for part in dependencies(members[term]) if part in found]
        less = _needed(members[term], parts, found, found[term])
        if less != found[term]:
            found[term] = less
            waiting.update(dict.fromkeys(user for user in users.get(term, ()) if user in found))
    return found


def _needed(member: Member, parts: Sequence[Term], found: Necessary, among: frozenset[Term] | None) -> frozenset[Term]:
    """What the member needs, given what those it may be made of need; only `among` these, where some are known already."""
    if not parts or (member.learnable and not member.first):
        return frozenset((member.term,))

    def stands(without: Collection[Term]) -> bool:
        return can_be_had(member, Reached({p: 0 for p in parts if p not in without}))

    decisive, may = _hinges(member, frozenset(parts))
    decisive |= set(_decisive([p for p in parts if p in may and p not in decisive], stands))
    needs = {member.term}.union(*(found[part] for part in decisive))
    kills: dict[Term, list[Term]] = {}
    for part in parts:
        for term in () if part in decisive else found[part]:
            if term not in needs:
                kills.setdefault(term, []).append(part)
    together: dict[tuple[Term, ...], list[Term]] = {}
    for term, killed in kills.items():
        if len(killed) > 1:
            together.setdefault(tuple(killed), []).append(term)
    for those, terms in together.items():
        if not stands(frozenset(those)):
            needs.update(terms)
    return frozenset(needs if among is None else needs & among)


def _hinges(member: Member, parts: frozenset[Term]) -> tuple[set[Term], set[Term]]:
    """The parts of which each alone makes it fall, as far as that is certain, and those which may."""
    first = [found for need in member.first if (found := hinges(need, parts))]
    certain, may = ({term for one in first for term in one.certain}, {term for one in first for term in one.may})
    ways = [] if member.learnable else [found for way in member.ways if (found := hinges(way, parts))]
    if ways:
        certain |= frozenset.intersection(*(way.certain for way in ways))
        may |= frozenset.intersection(*(way.may for way in ways))
    return certain, may


def _decisive(parts: Sequence[Term], stands: Callable[[Collection[Term]], bool]) -> list[Term]:
    """The parts of which each alone makes it fall: what stands without many stands without each of them."""
    if not parts or stands(frozenset(parts)):
        return []
    if len(parts) == 1:
        return list(parts)
    half = len(parts) // 2
    return _decisive(parts[:half], stands) + _decisive(parts[half:], stands)
