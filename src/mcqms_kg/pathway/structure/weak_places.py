"""Weak places in the structure of a national graph: dead ends, circles, targets out of reach, bottlenecks, duplicates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.landscape import Landscape
from mcqms_kg.pathway.projection.circles import rings
from mcqms_kg.pathway.projection.stacking import Credential, Rule
from mcqms_kg.pathway.structure.coverage import drift, map_coverage
from mcqms_kg.pathway.structure.observations import Observation, Observations

MOST = 1000
"""How many observations of one kind are told."""


def structure(landscape: Landscape, kind: str) -> Observations:
    """What of one kind is found, the first thousand."""
    with garbage_collection_paused():
        return _structure(landscape, kind)


def _structure(landscape: Landscape, kind: str) -> Observations:
    found: list[Observation] = []
    for each in KINDS[kind](landscape):
        if len(found) == MOST:
            return Observations(tuple(found), whole=False)
        found.append(each)
    unknown = landscape.undecided or (kind == "bottlenecks" and landscape.held_up is None)
    return Observations(tuple(found), whole=not unknown)


def dead_ends(landscape: Landscape) -> Iterator[Observation]:
    """Credentials on offer that count towards nothing, are asked for by nothing, and cover no unit that a job title requires."""
    facts, used = landscape.projection.facts, _used_for_something(landscape)
    needed = {unit for job in landscape.projection.jobs.values() for unit in job.units}
    for credential in landscape.projection.credentials.values():
        if _on_offer(landscape, credential) and credential.term not in used and not credential.units & needed:
            offered = (
                (credential.term, mc("isOfferedBy"), o) for o in facts.objects(credential.term, mc("isOfferedBy"))
            )
            yield Observation("dead-end", credential.term, triples=tuple(offered))


def _on_offer(landscape: Landscape, credential: Credential) -> bool:
    """Whether somebody offers it on the day, be it learned or stacked."""
    offered = credential.offered or landscape.projection.facts.objects(credential.term, mc("isOfferedBy"))
    return bool(offered) and credential.open(landscape.day)


def _used_for_something(landscape: Landscape) -> set[Term]:
    found = {source for source, _ in landscape.projection.counted} | set(landscape.users)
    facts = landscape.projection.facts
    for source, progressions in facts.of(mc("hasProgression")).items():
        if any(facts.objects(p, mc("leadsTo")) for p in progressions):
            found.add(source)
    return found | set(facts.of(mc("countsTowards")))


def cycles(landscape: Landscape) -> Iterator[Observation]:
    """Circles of prerequisites, of rules, and of what counts towards what."""
    for problem in landscape.projection.problems:
        if problem.kind in ("prerequisite-circle", "stacking-circle", "rule-inside-itself"):
            others = dict.fromkeys(s for s, _, _ in problem.triples if s != problem.subject)
            yield Observation(problem.kind, problem.subject, tuple(others), triples=problem.triples)
    for members in rings(landscape.projection.facts, tuple(map(mc, ("countsTowards", "hasProgression", "leadsTo")))):
        first = min(members)
        yield Observation(
            "counting-circle", first, tuple(sorted(members - {first})), triples=_counting(landscape, members)
        )


def _counting(landscape: Landscape, members: set[Term]) -> tuple[Triple, ...]:
    facts = landscape.projection.facts
    stated = [
        (s, mc("countsTowards"), o) for s in members for o in facts.objects(s, mc("countsTowards")) if o in members
    ]
    for source in members:
        for progression in facts.objects(source, mc("hasProgression")):
            for target in facts.objects(progression, mc("leadsTo")):
                if target in members:
                    stated += [(source, mc("hasProgression"), progression), (progression, mc("leadsTo"), target)]
    return tuple(sorted(stated))


def unreachable(landscape: Landscape) -> Iterator[Observation]:
    """Credentials that somebody leads to or that are made of others, and that nobody who starts with nothing can earn."""
    facts = landscape.projection.facts
    led_to = {o for s in facts.of(mc("leadsTo")).values() for o in s}
    for term, credential in landscape.projection.credentials.items():
        if term in landscape.earnable or not (credential.ways or credential.requires or term in led_to):
            continue
        if credential.withdrawal and credential.withdrawal <= landscape.day:
            continue
        if credential.ways and all(way.implied for way in credential.ways):
            yield _short_of_credit(landscape, credential)
            continue
        lacking = [t for t in credential.requires if t not in landscape.earnable]
        lacking += [option.term for way in credential.ways for option in way.options if _cannot(landscape, option.term)]
        yield Observation("unreachable", term, tuple(dict.fromkeys(lacking)), triples=_lacking(landscape, credential))


def _short_of_credit(landscape: Landscape, credential: Credential) -> Observation:
    """What counts towards it does not bring the credits that it carries: the rest has to be studied for."""
    counted = landscape.projection.counted
    brings = {
        source: counted.get((source, credential.term), Decimal(0))
        for way in credential.ways
        for source in _options(way)
    }
    total = sum((credit for source, credit in brings.items() if source in landscape.earnable), Decimal(0))
    triples = [t for source in brings for t in _progression(landscape, source, credential.term)]
    numbers = {"brings": total, "carries": credential.credits or Decimal(0)}
    return Observation("short-of-credit", credential.term, tuple(sorted(brings)), numbers, tuple(triples))


def _options(way: Rule) -> Iterator[Term]:
    return (option.term for option in way.options)


def _progression(landscape: Landscape, source: Term, target: Term) -> Iterator[Triple]:
    facts = landscape.projection.facts
    for progression in facts.objects(source, mc("hasProgression")):
        if target in facts.objects(progression, mc("leadsTo")):
            yield source, mc("hasProgression"), progression
            yield progression, mc("leadsTo"), target
            yield from (
                (progression, mc("creditValue"), value) for value in facts.objects(progression, mc("creditValue"))
            )


def _cannot(landscape: Landscape, term: Term) -> bool:
    return term in landscape.projection.credentials and term not in landscape.earnable


def _lacking(landscape: Landscape, credential: Credential) -> tuple[Triple, ...]:
    """What it asks for that nobody can earn, and the rules that it is made by."""
    asked = [(credential.term, mc("requires"), t) for t in credential.requires if t not in landscape.earnable]
    facts = landscape.projection.facts
    for way in credential.ways:
        rule: Rule = way
        asked += [(credential.term, mc("isStackedBy"), rule.term)]
        names = ("hasOption", "minimumCount", "minimumCredit", "minimumWorkload")
        asked += [(rule.term, mc(name), value) for name in names for value in facts.objects(rule.term, mc(name))]
    return tuple(triple for triple in asked if facts.has(triple))


def bottlenecks(landscape: Landscape) -> Iterator[Observation]:
    """Credentials without which another one could not be earned at all, those that hold up the most first."""
    for term, lost in sorted((landscape.held_up or {}).items(), key=lambda item: (-len(item[1]), item[0])):
        triples = _ways_down(landscape, term, frozenset(lost))
        yield Observation("bottleneck", term, tuple(sorted(lost)), {"lost": len(lost)}, triples)


def _ways_down(landscape: Landscape, term: Term, lost: frozenset[Term]) -> tuple[Triple, ...]:
    """How the nearest of what is lost names the credential."""
    facts = landscape.projection.facts
    named = [(user, mc("requires"), term) for user in facts.subjects(mc("requires"), term) if user in lost]
    for rule in facts.subjects(mc("hasOption"), term):
        named.append((rule, mc("hasOption"), term))
        named += [(user, mc("isStackedBy"), rule) for user in facts.subjects(mc("isStackedBy"), rule) if user in lost]
    return tuple(sorted(named))


def duplicates(landscape: Landscape) -> Iterator[Observation]:
    """Credentials on offer at different providers that cover exactly the same units; what they are called is not looked at."""
    facts, same = landscape.projection.facts, _by_units(landscape)
    for units, members in sorted(same.items(), key=lambda item: item[1]):
        providers = {o for term in members for o in facts.objects(term, mc("isOfferedBy"))}
        if len(members) > 1 and len(providers) > 1:
            levels = {landscape.projection.credentials[term].level for term in members}
            offered = ((t, mc("isOfferedBy"), o) for t in members for o in facts.objects(t, mc("isOfferedBy")))
            numbers = {"units": len(units), "providers": len(providers), "levels": len(levels)}
            yield Observation("duplicate", members[0], tuple(members[1:]), numbers, tuple(offered))


def _by_units(landscape: Landscape) -> Mapping[frozenset[Term], list[Term]]:
    found: dict[frozenset[Term], list[Term]] = {}
    for term, credential in landscape.projection.credentials.items():
        if credential.units and _on_offer(landscape, credential):
            found.setdefault(credential.units, []).append(term)
    return found


KINDS: Mapping[str, Callable[[Landscape], Iterator[Observation]]] = {
    "dead-ends": dead_ends,
    "cycles": cycles,
    "unreachable": unreachable,
    "bottlenecks": bottlenecks,
    "duplicates": duplicates,
    "map": map_coverage,
    "drift": drift,
}
"""Question to what answers it."""
