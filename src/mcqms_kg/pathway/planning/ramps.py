"""Certificates that the steps of a plan complete on the way: with these a learner may leave early."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Member, resolve
from mcqms_kg.pathway.planning.counting import TooMany
from mcqms_kg.pathway.planning.leads_to import opened
from mcqms_kg.pathway.planning.needs import Need, Resolver
from mcqms_kg.pathway.planning.sufficiency import enough
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Credential, Rule

MOST = 2_000
"""Certificates that are looked at for one plan."""


def off_ramps(
    projection: Projection, resolver: Resolver, held: Collection[Term], earned: Collection[Term], target: Term
) -> tuple[Term, ...]:
    """Certificates and qualifications, and declared off-ramps, that what is held and earned completes by itself."""
    return exits(projection, (*earned, *completed(projection, resolver, (*held, *earned))), held, target)


def exits(projection: Projection, of: Iterable[Term], held: Collection[Term], target: Term) -> tuple[Term, ...]:
    """Those of them with which a learner may leave on the way to the target."""
    declared = _declared(projection, target)
    found = {t for t in of if _is_exit(projection, t, declared)}
    return tuple(sorted(t for t in found if t != target and t not in held))


def completed(projection: Projection, resolver: Resolver, what: Iterable[Term]) -> dict[Term, Member]:
    """Everything that these complete by themselves, and what that completes in turn."""
    have, found = dict.fromkeys(what), dict[Term, Member]()
    waiting = _opened(projection, have)
    for looked_at, term in enumerate(waiting):
        if looked_at >= MOST:
            break
        if term in have or not _may_hold(projection, projection.credentials[term], have):
            continue
        member = resolve(projection, resolver, term)
        if all(_holds(n, have) for n in member.first) and any(_holds(w, have) for w in member.ways):
            have[term] = None
            found[term] = member
            waiting += _opened(projection, (term,))
    return found


def _may_hold(projection: Projection, credential: Credential, have: Collection[Term]) -> bool:
    """Whether enough of its options are there, without looking at conditions and sums: cheap, and never a no for a yes."""

    def there(term: Term) -> bool:
        return term in have or any(other in have for other in projection.substitutes.get(term, ()))

    def enough(rule: Rule) -> bool:
        if rule.exemptions or not rule.count_needed:
            return True
        parts = (enough(o) if isinstance(o, Rule) else o.kind != "credential" or there(o.term) for o in rule.options)
        return sum(parts) >= rule.count_needed

    return all(map(there, credential.requires)) and any(map(enough, credential.ways))


def _is_exit(projection: Projection, term: Term, declared: Collection[Term]) -> bool:
    return term in declared or projection.credentials[term].kind in ("certification", "qualification")


def _declared(projection: Projection, target: Term) -> set[Term]:
    """Off-ramps of the target, and off-ramps of these."""
    found: set[Term] = set()
    waiting = [target]
    while waiting:
        credential = projection.credentials.get(waiting.pop())
        new = [t for t in (credential.off_ramps if credential else ()) if t not in found]
        found.update(new)
        waiting += new
    return found


def _opened(projection: Projection, have: Collection[Term]) -> list[Term]:
    """Credentials that what is had may be stacked to."""
    return list(dict.fromkeys(owner for term in have for owner in opened(projection, term)))


def _holds(need: Need, have: Collection[Term]) -> bool:
    try:
        return enough(need, have)
    except TooMany:
        return False
