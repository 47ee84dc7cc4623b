"""Which credentials each one cannot do without: dominators of a graph in which some things need all, and some need enough, of others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Member, Reached, can_be_had, dependencies

MOST_PAIRS = 5_000_000
"""Pairs of a credential and one it cannot do without that are kept; a graph with more has more than anybody can be told."""

Necessary = dict[Term, frozenset[Term]]


class TooManyPairs(Exception):
    """Credentials hang on each other in more pairs than are kept."""


def necessary(members: Mapping[Term, Member], stages: Mapping[Term, int]) -> Necessary:
    """For everything that can be had, itself and what it could not be had without.

    First over what comes before it on its first way, which says too much at most; then over all ways, again and again, until nothing
    falls away. What then is left is exact: whoever can be had without a thing can be had from others that can be had without it.
    """
    found: Necessary = {}
    pairs = 0
    for term in sorted(stages, key=lambda t: (stages[t], t)):
        found[term] = _needed(members[term], found, None)
        pairs += len(found[term])
        if pairs > MOST_PAIRS:
            raise TooManyPairs
    users: dict[Term, list[Term]] = {}
    for term in found:
        for other in dependencies(members[term]):
            users.setdefault(other, []).append(term)
    late = (t for t in found if any(stages.get(d, -1) >= stages[t] for d in dependencies(members[t])))
    waiting = dict.fromkeys(late)
    while waiting:
        term = next(iter(waiting))
        del waiting[term]
        less = _needed(members[term], found, found[term])
        if less != found[term]:
            found[term] = less
            waiting.update(dict.fromkeys(users.get(term, ())))
    return found


def _needed(member: Member, found: Necessary, among: frozenset[Term] | None) -> frozenset[Term]:
    """What the member needs, given what those it may be made of need; only `among` these, where some are known already."""
    parts = [d for d in dict.fromkeys(dependencies(member)) if d in found]
    if not parts or (not member.first and member.learnable):
        return frozenset((member.term,))

    def stands(without: Collection[Term]) -> bool:
        return can_be_had(member, Reached({p: 0 for p in parts if p not in without}))

    decisive = set(_decisive(parts, stands))
    kills: dict[Term, list[Term]] = {}
    for part in parts:
        for term in found[part] if among is None else found[part] & among:
            kills.setdefault(term, []).append(part)
    kept: dict[tuple[Term, ...], bool] = {}
    needs = {member.term}
    for term, killed in kills.items():
        key = tuple(killed)
        if key not in kept:
            kept[key] = bool(decisive.intersection(key)) or (len(key) > 1 and not stands(frozenset(key)))
        if kept[key]:
            needs.add(term)
    return frozenset(needs)


def _decisive(parts: Sequence[Term], stands: Callable[[Collection[Term]], bool]) -> list[Term]:
    """The parts of which each alone makes it fall: what stands without many stands without each of them."""
    if stands(frozenset(parts)):
        return []
    if len(parts) == 1:
        return list(parts)
    half = len(parts) // 2
    return _decisive(parts[:half], stands) + _decisive(parts[half:], stands)
