"""How far credentials on offer cover what occupations require: one occupation, a map by area and level, and drift between the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.holding import unknown
from mcqms_kg.pathway.planning.landscape import Landscape
from mcqms_kg.pathway.projection.alignments import aligned
from mcqms_kg.pathway.structure.observations import Observation, Observations


@dataclass(frozen=True)
class Cover:
    """A credential that covers something required, by these statements; not sure where an alignment is not verified."""

    credential: Term
    triples: tuple[Triple, ...]
    sure: bool = True


def coverage(landscape: Landscape, occupation: Term) -> Observations:
    """Which credentials that can be earned cover which share of what an occupation requires, and what nobody covers."""
    facts = landscape.projection.facts
    required = _required(landscape, occupation)
    if not required:
        if not facts.knows(occupation):
            raise unknown(landscape.projection, occupation, "is not described")
        raise UnknownName(
            f"{terms.short(occupation)} requires no unit and no skill", remedy="Name a job title that does."
        )
    covers = {thing: _covers(landscape, thing) for thing in required}
    found = [*_shares(occupation, required, covers), _total(occupation, required, covers)]
    for thing, name in required.items():
        if not covers[thing]:
            found.append(Observation("not-covered", thing, (occupation,), triples=((occupation, mc(name), thing),)))
    return Observations(tuple(found), not landscape.undecided)


def _required(landscape: Landscape, occupation: Term) -> Mapping[Term, str]:
    """The units and skills that it requires, each with the property that says so."""
    facts = landscape.projection.facts
    return {thing: name for name in ("requiresUnit", "requiresSkill") for thing in facts.objects(occupation, mc(name))}


def _covers(landscape: Landscape, thing: Term) -> tuple[Cover, ...]:
    """The credentials that can be earned and cover the unit or skill, itself or over an alignment."""
    direct = [(c, (), True) for c in landscape.projection.covering.get(thing, ())]
    over = [
        (credential, found.triples, found.sure)
        for found in aligned(landscape.projection.facts, thing)
        for credential in landscape.projection.covering.get(found.other, ())
    ]
    found: dict[Term, Cover] = {}
    for credential, triples, sure in (*direct, *over):
        if credential in landscape.earnable and (credential not in found or (sure and not found[credential].sure)):
            found[credential] = Cover(credential, triples, sure)
    return tuple(found[credential] for credential in sorted(found))


def _shares(
    occupation: Term, required: Mapping[Term, str], covers: Mapping[Term, tuple[Cover, ...]]
) -> Iterator[Observation]:
    """One observation a credential, those that cover most first."""
    mine: dict[Term, dict[Term, Cover]] = defaultdict(dict)
    for thing, by in covers.items():
        for cover in by:
            mine[cover.credential][thing] = cover
    for credential, things in sorted(mine.items(), key=lambda item: (-len(item[1]), item[0])):
        triples = [t for thing, c in things.items() for t in ((occupation, mc(required[thing]), thing), *c.triples)]
        numbers = {"covered": len(things), "required": len(required)}
        sure = all(cover.sure for cover in things.values())
        yield Observation("covers", credential, tuple(sorted(things)), numbers, tuple(triples), sure)


def _total(occupation: Term, required: Mapping[Term, str], covers: Mapping[Term, tuple[Cover, ...]]) -> Observation:
    covered = [thing for thing in required if covers[thing]]
    surely = [thing for thing in covered if any(cover.sure for cover in covers[thing])]
    numbers = {"covered": len(covered), "surely": len(surely), "required": len(required)}
    triples = tuple((occupation, mc(required[thing]), thing) for thing in covered)
    return Observation("covered-together", occupation, tuple(covered), numbers, triples, len(surely) == len(covered))


def map_coverage(landscape: Landscape) -> Iterator[Observation]:
    """For each occupation map, area and level: job titles, those covered whole, and units and skills required and covered."""
    facts, covered = landscape.projection.facts, dict[Term, bool]()
    cells: dict[tuple[Term, Term, Term], list[Term]] = defaultdict(list)
    for job in landscape.projection.jobs:
        for map_ in facts.objects(job, mc("isInMap")):
            for area in facts.objects(job, mc("isInArea")) or facts.objects(job, mc("hasIscoGroup")) or (map_,):
                for level in facts.objects(job, mc("hasLevel")) or (map_,):
                    cells[map_, area, level].append(job)
    for (map_, area, level), jobs in sorted(cells.items()):
        yield _cell(landscape, map_, (area, level), jobs, covered)


def _cell(
    landscape: Landscape, map_: Term, where: tuple[Term, Term], jobs: list[Term], known: dict[Term, bool]
) -> Observation:
    by_job = {job: set(_required(landscape, job)) for job in jobs}
    things = {thing for required in by_job.values() for thing in required}
    for thing in things:
        if thing not in known:
            known[thing] = bool(_covers(landscape, thing))
    covered = {thing for thing in things if known[thing]}
    numbers = {
        "jobs": len(jobs),
        "whole": sum(bool(required) and required <= covered for required in by_job.values()),
        "required": len(things),
        "covered": len(covered),
    }
    triples = tuple((job, mc("isInMap"), map_) for job in jobs)
    others = tuple(dict.fromkeys(term for term in where if term != map_))
    return Observation("map-cell", map_, others, numbers, triples)


def _is_covered(landscape: Landscape, unit: Term) -> bool:
    return any(credential in landscape.earnable for credential in landscape.projection.covering.get(unit, ()))


def drift(landscape: Landscape) -> Iterator[Observation]:
    """Where curriculum and occupation map have drifted apart: units on one side only, and units of editions that were replaced."""
    projection = landscape.projection
    required = _jobs_by_unit(landscape)
    for unit in sorted(projection.covering):
        if _is_covered(landscape, unit) and unit not in required:
            teaching = tuple(c for c in projection.covering[unit] if c in landscape.earnable)
            yield Observation("taught-not-required", unit, teaching)
    for unit, jobs in sorted(required.items()):
        if not _is_covered(landscape, unit):
            asking = tuple((job, mc("requiresUnit"), unit) for job in jobs)
            yield Observation("required-not-taught", unit, tuple(jobs), triples=asking)
    yield from _replaced(landscape)


def _jobs_by_unit(landscape: Landscape) -> Mapping[Term, list[Term]]:
    found: dict[Term, list[Term]] = defaultdict(list)
    for job in landscape.projection.jobs.values():
        for unit in job.units:
            found[unit].append(job.term)
    return found


def _replaced(landscape: Landscape) -> Iterator[Observation]:
    """Units of a replaced edition that are still taught or required."""
    facts, jobs = landscape.projection.facts, _jobs_by_unit(landscape)
    for edition in sorted({old for olds in facts.of(mc("supersedes")).values() for old in olds}):
        for unit in facts.subjects(mc("isDefinedIn"), edition):
            teaching = [c for c in landscape.projection.covering.get(unit, ()) if c in landscape.earnable]
            users = (*teaching, *jobs.get(unit, ()))
            if users:
                newer = facts.subjects(mc("supersedes"), edition)
                triples = ((unit, mc("isDefinedIn"), edition), *((new, mc("supersedes"), edition) for new in newer))
                yield Observation("replaced-edition", unit, users, triples=triples)
