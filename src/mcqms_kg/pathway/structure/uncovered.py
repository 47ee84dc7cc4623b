"""Job titles of which something would be covered no longer, units and, over alignments, skills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.landscape import Landscape
from mcqms_kg.pathway.projection.alignments import Aligned, aligned
from mcqms_kg.pathway.projection.marks import requiring
from mcqms_kg.pathway.structure.observations import Observation

REQUIRES = ("requiresUnit", "requiresSkill")


def without_credentials(landscape: Landscape, lost: frozenset[Term]) -> Iterator[Observation]:
    """Job titles that require what nothing but the lost credentials covers."""
    credentials, covering = landscape.projection.credentials, landscape.projection.covering
    units = {unit for term in lost if term in landscape.earnable for unit in credentials[term].units}
    return _uncovered(
        landscape,
        units,
        lambda shown: any(_stays(landscape, c, lost) for unit in shown for c in covering.get(unit, ())),
    )


def without_unit(landscape: Landscape, unit: Term) -> Iterator[Observation]:
    """Job titles that require what nothing but this unit stands for."""
    covering = landscape.projection.covering
    if not any(_stays(landscape, c) for c in covering.get(unit, ())):
        return iter(())
    found = _uncovered(
        landscape,
        {unit},
        lambda shown: any(_stays(landscape, c) for other in shown if other != unit for c in covering.get(other, ())),
    )
    return (each for each in found if unit not in each.others)


def without_alignment(landscape: Landscape, skill: Term, record: Term) -> Iterator[Observation]:
    """Job titles that require what nothing would cover, or nothing surely, if the alignment were withdrawn."""
    facts = landscape.projection.facts
    rows = tuple(aligned(facts, skill))
    gone = [row for row in rows if row.record == record]
    before, after = (_sureness(landscape, skill, those) for those in (rows, [r for r in rows if r not in gone]))
    if after >= before:
        return
    kind, shown = ("job-weaker" if after else "job-uncovered"), [t for row in gone for t in row.triples]
    for job in requiring(facts, skill):
        asked = [(job, mc(name), skill) for name in REQUIRES]
        triples = (*filter(facts.has, asked), *shown)
        yield Observation(kind, job, (skill,), {"units": 1}, triples, sure=all(row.sure for row in gone))


def _sureness(landscape: Landscape, skill: Term, rows: Iterable[Aligned]) -> int:
    """2 where the skill is covered for sure, 1 where it is over what nobody verified, and 0 where it is not."""
    covering = landscape.projection.covering
    ways = [(skill, True), *((row.other, row.sure) for row in rows)]
    sure = [is_sure for unit, is_sure in ways if any(_stays(landscape, c) for c in covering.get(unit, ()))]
    return 2 if any(sure) else 1 if sure else 0


def _stays(landscape: Landscape, credential: Term, lost: frozenset[Term] = frozenset()) -> bool:
    return credential in landscape.earnable and credential not in lost


def _uncovered(
    landscape: Landscape, units: set[Term], covered: Callable[[Iterable[Term]], bool]
) -> Iterator[Observation]:
    """The job titles that require one of the units, or what one stands for, which then is not `covered`."""
    projection = landscape.projection
    skills = {s: others for s, others in projection.aligned.items() if not units.isdisjoint((s, *others))}
    shown = {unit: (unit,) for unit in units} | {skill: (skill, *others) for skill, others in skills.items()}
    gone = {thing for thing, by in shown.items() if not covered(by)}
    subjects = projection.facts.subjects
    asking = {job for thing in gone for name in REQUIRES for job in subjects(mc(name), thing)}
    for job in sorted(asking & projection.jobs.keys()):  # a skill may rest on another one, and is no job title
        mine = tuple(thing for thing in projection.jobs[job].requires if thing in gone)
        asked = [(job, mc(name), thing) for name in REQUIRES for thing in mine]
        triples, sure = [t for t in asked if projection.facts.has(t)], True
        for skill in mine:
            rows, verified = _rows(landscape, skill, units)
            triples, sure = [*triples, *rows], sure and verified
        yield Observation("job-uncovered", job, mine, {"units": len(mine)}, tuple(triples), sure)


def _rows(landscape: Landscape, skill: Term, units: set[Term]) -> tuple[tuple[Triple, ...], bool]:
    """The alignments by which the units stand for a skill, and whether one of these is verified; none are needed for a unit itself."""
    rows = (
        [row for row in aligned(landscape.projection.facts, skill) if row.other in units] if skill not in units else []
    )
    return tuple(t for row in rows for t in row.triples), not rows or any(row.sure for row in rows)
