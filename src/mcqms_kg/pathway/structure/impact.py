"""What breaks, and whom it touches, when a unit, credential, agreement, licence, referencing, alignment or provider is withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.cone import Member, dependencies
from mcqms_kg.pathway.planning.holding import holdings
from mcqms_kg.pathway.planning.landscape import Landscape, Lost, with_alignments, without_unit
from mcqms_kg.pathway.projection.alignments import ENDS, aligned, is_alignment
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import is_skill, is_unit, requiring
from mcqms_kg.pathway.projection.vocabulary import TYPE, UNIT
from mcqms_kg.pathway.structure import uncovered
from mcqms_kg.pathway.structure.observations import Observation, Observations
from mcqms_kg.pathway.structure.recognition_lost import lost_recognition

SIDES = ("isConcludedBy", "recognisesAwardsOf", "isHonouredBy", "isGrantedTo", "isGrantedBy")
"""What leads from an agreement or a licence to its sides; whoever only concluded it takes it along whole."""
GIVEN = ("isOfferedBy", "isCertifiedBy")
"""Whom a credential needs to be awarded at all: somebody who offers it, and somebody who certifies it where it names any."""
MARKS = ("recognisesAwardsOf", "isHonouredBy", "isGrantedTo", "hasSourceLevel")
"""What only an agreement, a licence or a row of a referencing has: losing a class must not hide one."""
RECORDS = tuple(map(mc, ("RecognitionAgreement", "Licence", "LevelReferencing")))


def impact(landscape: Landscape, thing: Term) -> Observations:
    """What breaks, what has to be revised, and whose awards it touches. Raises `UnknownName` for a thing of another kind."""
    projection = landscape.projection
    if thing in projection.credentials:
        return _of_credentials(landscape, (thing,))
    if is_skill(projection.facts, thing) and UNIT not in projection.facts.objects(thing, TYPE):
        return _of_skill(landscape, thing)
    if is_unit(projection.facts, thing):
        return _of_unit(landscape, thing)
    bodies = _with_units(projection.facts, thing)
    given, records = _given_by(projection.facts, bodies), _records_of(landscape, bodies)
    if given or records:
        return _of_bodies(landscape, bodies, given, records)
    if set(RECORDS) & set(projection.facts.objects(thing, TYPE)) or any(
        projection.facts.objects(thing, mc(name)) for name in MARKS
    ):
        return _of_records(landscape, (thing,), (thing,))
    if is_alignment(projection.facts, thing):
        return _of_alignment(landscape, thing)
    raise UnknownName(
        f"{terms.short(thing)} is no unit, skill, credential, provider, agreement, licence, referencing or alignment",
        remedy="Name one of these by its IRI, and give the data that describes it.",
    )


def _of_credentials(landscape: Landscape, gone: Iterable[Term]) -> Observations:
    gone = tuple(gone)
    lost = landscape.lost_without(gone)
    found = [
        *_withdrawn(landscape, gone),
        *_not_earnable(landscape, lost.credentials.difference(gone)),
        *_narrower(landscape, gone, lost.credentials),
        *uncovered.without_credentials(landscape, lost.credentials.union(gone)),
        *_holders(landscape, gone),
        *_stopped(landscape, lost, gone),
    ]
    return Observations(tuple(found), not lost.undecided)


def _of_bodies(
    landscape: Landscape, bodies: tuple[Term, ...], given: tuple[Term, ...], records: tuple[Term, ...]
) -> Observations:
    """With bodies goes what nobody else offers or certifies, and what they agreed on, licensed or were licensed for."""
    facts = landscape.projection.facts
    gone = tuple(term for term in given if any(_only_by(facts, term, name, bodies) for name in GIVEN))
    own = _of_credentials(landscape, gone)
    kept = (
        Observation(
            "fewer-ways", term, triples=tuple((term, mc(n), o) for n in GIVEN for o in facts.objects(term, mc(n)))
        )
        for term in given
        if term not in gone
    )
    signed = (r for r in records if not any(b in facts.objects(r, mc(n)) for n in SIDES[1:] for b in bodies))
    agreed = _of_records(landscape, records, (*bodies, *signed))
    new = tuple(each for each in agreed.found if each not in own.found)
    return Observations((*own.found, *kept, *new), own.whole and agreed.whole)


def _with_units(facts: Facts, body: Term) -> tuple[Term, ...]:
    """The body and its units, and theirs."""
    found = {body: None}
    for term in (waiting := [body]):
        new = [unit for unit in facts.subjects(mc("isUnitOf"), term) if unit not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)


def _given_by(facts: Facts, bodies: tuple[Term, ...]) -> tuple[Term, ...]:
    """What one of the bodies offers or certifies."""
    return tuple(dict.fromkeys(c for body in bodies for name in GIVEN for c in facts.subjects(mc(name), body)))


def _only_by(facts: Facts, credential: Term, name: str, bodies: tuple[Term, ...]) -> bool:
    """Whether nobody but the bodies does that for the credential."""
    named = facts.objects(credential, mc(name))
    return bool(named) and set(named) <= set(bodies)


def _of_records(landscape: Landscape, records: tuple[Term, ...], gone: tuple[Term, ...]) -> Observations:
    found, whole = lost_recognition(landscape.projection.facts, records, gone, landscape.day)
    holders = _holders(landscape, dict.fromkeys(each.about for each in found))
    return Observations((*found, *holders), whole)


def _records_of(landscape: Landscape, bodies: tuple[Term, ...]) -> tuple[Term, ...]:
    """The agreements and licences that would have one side less."""
    facts = landscape.projection.facts
    return tuple(dict.fromkeys(r for name in SIDES for body in bodies for r in facts.subjects(mc(name), body)))


def _of_unit(landscape: Landscape, unit: Term) -> Observations:
    """Credentials that cover the unit have to be revised; only what asks for the unit itself is lost."""
    facts, covering = landscape.projection.facts, landscape.projection.covering.get(unit, ())
    members = without_unit(landscape, unit)
    lost = landscape.lost_without((), members)
    found = [Observation("to-be-revised", term, (unit,), triples=_covers(landscape, term, unit)) for term in covering]
    for kind, name in (
        ("skill-set-short", "hasUnit"),
        ("job-requires", "requiresUnit"),
        ("licence-names", "licensesUnit"),
    ):
        for subject in facts.subjects(mc(name), unit):
            found.append(Observation(kind, subject, (unit,), triples=((subject, mc(name), unit),)))
    found += [*_skills_of(landscape, unit), *uncovered.without_unit(landscape, unit)]
    found += [*_not_earnable(landscape, lost.credentials), *_holders(landscape, covering)]
    found += _stopped(landscape, lost, ())
    return Observations(tuple(found), not lost.undecided)


def _skills_of(landscape: Landscape, unit: Term) -> Iterator[Observation]:
    """Job titles that require what the unit stands for."""
    facts = landscape.projection.facts
    for row in aligned(facts, unit):
        for job in requiring(facts, row.other):
            asked = ((job, mc(name), row.other) for name in uncovered.REQUIRES)
            triples = (*filter(facts.has, asked), *row.triples)
            yield Observation("job-requires", job, (row.other,), triples=triples, sure=row.sure)


def _of_skill(landscape: Landscape, skill: Term) -> Observations:
    """What a skill is asked for by, what is set against it, and what covers it under its own name."""
    facts = landscape.projection.facts
    found = [
        Observation("job-requires", job, (skill,), triples=((job, mc("requiresSkill"), skill),))
        for job in requiring(facts, skill)
    ]
    found += [
        Observation("set-against", row.other, (skill,), triples=row.triples, sure=row.sure)
        for row in aligned(facts, skill)
    ]
    covering = landscape.projection.covering.get(skill, ())
    found += [
        Observation("to-be-revised", term, (skill,), triples=_covers(landscape, term, skill)) for term in covering
    ]
    return Observations(tuple(found))


def _of_alignment(landscape: Landscape, record: Term) -> Observations:
    """What rests on one thing standing for another in a different taxonomy; alignments that are not strong carry nothing."""
    projection, found = landscape.projection, list[Observation]()
    members: dict[Term, Member] = {}
    for skill in (end for name in ENDS for end in projection.facts.objects(record, mc(name))):
        if skill not in projection.aligned:
            continue
        rows = tuple(aligned(projection.facts, skill))
        gone = [row for row in rows if row.record == record]
        found += (Observation("no-longer-set-against", skill, (r.other,), triples=r.triples, sure=r.sure) for r in gone)
        found += uncovered.without_alignment(landscape, skill, record)
        members |= with_alignments(landscape, skill, tuple(dict.fromkeys(r.other for r in rows if r not in gone)))
    lost = landscape.lost_without((), members)
    found += [*_not_earnable(landscape, lost.credentials), *_stopped(landscape, lost, ())]
    return Observations(tuple(found), not lost.undecided)


def _covers(landscape: Landscape, term: Term, unit: Term) -> tuple[Triple, ...]:
    facts = landscape.projection.facts
    outcomes = [o for o in facts.objects(term, mc("hasOutcome")) if unit in facts.objects(o, mc("isTiedTo"))]
    over = [t for o in outcomes for t in ((term, mc("hasOutcome"), o), (o, mc("isTiedTo"), unit))]
    stated = (term, mc("coversUnit"), unit)
    return (*over, stated) if facts.has(stated) else tuple(over)


def _withdrawn(landscape: Landscape, gone: tuple[Term, ...]) -> Iterator[Observation]:
    facts = landscape.projection.facts
    for term in gone:
        offered = ((term, mc("isOfferedBy"), o) for o in facts.objects(term, mc("isOfferedBy")))
        yield Observation("withdrawn", term, triples=tuple(offered))


def _not_earnable(landscape: Landscape, lost: Iterable[Term]) -> Iterator[Observation]:
    for term in sorted(lost):
        yield Observation("no-longer-earnable", term, triples=_asks(landscape, term))


def _asks(landscape: Landscape, term: Term) -> tuple[Triple, ...]:
    """What it requires and the rules that it is made by, with their options."""
    facts = landscape.projection.facts
    found = [(term, mc(name), o) for name in ("requires", "isStackedBy") for o in facts.objects(term, mc(name))]
    for rule in facts.objects(term, mc("isStackedBy")):
        names = ("hasOption", "minimumCount", "minimumCredit")
        found += [(rule, mc(name), o) for name in names for o in facts.objects(rule, mc(name))]
    return tuple(found)


def _narrower(landscape: Landscape, gone: tuple[Term, ...], lost: frozenset[Term]) -> Iterator[Observation]:
    """What is made of it directly and can still be earned in another way."""
    users = {user: None for term in gone for user in landscape.users.get(term, ())}
    for term in sorted(users):
        if term in landscape.earnable and term not in lost:
            triples = tuple(t for t in _asks(landscape, term) if t[2] in gone or t[1] == mc("isStackedBy"))
            yield Observation("fewer-ways", term, triples=triples)


def _holders(landscape: Landscape, things: Iterable[Term]) -> Iterator[Observation]:
    """Who was awarded one of the things."""
    facts = landscape.projection.facts
    for term in things:
        for award in facts.subjects(mc("awardsCredential"), term):
            for learner in facts.objects(award, mc("isAwardedTo")):
                triples = ((award, mc("awardsCredential"), term), (award, mc("isAwardedTo"), learner))
                yield Observation("holder", learner, (term,), triples=triples)


def _stopped(landscape: Landscape, lost: Lost, gone: tuple[Term, ...]) -> Iterator[Observation]:
    """Learners who hold a part of what is lost, and who could not earn it any more with all that they hold on the day."""
    for learner, targets in sorted(_on_the_way(landscape, lost.credentials.difference(gone)).items()):
        held = holdings(landscape.projection, (learner,), landscape.day).credentials
        kept = landscape.regained(lost, held)
        for target, triples in sorted(targets.items()):
            if target not in kept and target not in held:
                yield Observation("stopped", learner, (target,), triples=tuple(triples))


def _on_the_way(landscape: Landscape, lost: Iterable[Term]) -> dict[Term, dict[Term, list[Triple]]]:
    """Who was awarded a part of which lost target, with the statements."""
    facts, found = landscape.projection.facts, dict[Term, dict[Term, list[Triple]]]()
    for target in lost:
        for part in _parts(landscape, target):
            for award in facts.subjects(mc("awardsCredential"), part):
                for learner in facts.objects(award, mc("isAwardedTo")):
                    triples = [(award, mc("awardsCredential"), part), (award, mc("isAwardedTo"), learner)]
                    found.setdefault(learner, {}).setdefault(target, []).extend(triples)
    return found


def _parts(landscape: Landscape, target: Term) -> tuple[Term, ...]:
    return tuple(dependencies(landscape.members[target]))
