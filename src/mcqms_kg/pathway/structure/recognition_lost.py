"""What is recognised no longer when agreements, licences or rows of a referencing are withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.model.countries import country_code
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import is_credential
from mcqms_kg.pathway.recognition.model import Recognition, Verdict
from mcqms_kg.pathway.recognition.recognising import recognise
from mcqms_kg.pathway.structure.observations import Observation

MOST_PAIRS = 500
"""How many pairs of a credential and a place are asked about."""
_HELD = (Verdict.RECOGNISED, Verdict.UNVERIFIED)


def lost_recognition(facts: Facts, records: Iterable[Term], day: dt.date) -> tuple[tuple[Observation, ...], bool]:
    """The credentials whose recognition somewhere rests on the records together, and whether everything was looked at."""
    gone = frozenset(records)
    pairs = list(dict.fromkeys(pair for record in sorted(gone) for pair in _pairs(facts, record)))
    found = []
    for credential, place in pairs[:MOST_PAIRS]:
        before = recognise(facts, credential, place, day)
        after = recognise(facts, credential, place, day, gone)
        if before.verdict in _HELD and (after.verdict, after.levels) != (before.verdict, before.levels):
            found.append(_observed(before, after))
    return tuple(found), len(pairs) <= MOST_PAIRS


def _observed(before: Recognition, after: Recognition) -> Observation:
    kind = "recognition-weaker" if after.verdict in _HELD else "recognition-lost"
    triples = dict.fromkeys(t for link in before.chains[0].links for t in link.triples)
    return Observation(
        kind,
        before.credential,
        (before.place.term,),
        triples=tuple(triples),
        sure=before.verdict is Verdict.RECOGNISED,
    )


def _pairs(facts: Facts, record: Term) -> Iterator[tuple[Term, str]]:
    """Credentials that may rest on the record, each with the places that it may be recognised in by it."""
    for level in facts.objects(record, mc("hasSourceLevel")):
        frameworks = [
            f
            for to in facts.objects(record, mc("hasTargetLevel"))
            for f in facts.objects(to, mc("isLevelOf"))
            if terms.is_iri(f)
        ]
        reached = _levels_before(facts, level)
        for credential in (c for before in reached for c in facts.subjects(mc("hasLevel"), before)):
            if is_credential(facts, credential):
                yield from ((credential, terms.iri_text(framework)) for framework in frameworks)
    bodies = facts.objects(record, mc("isHonouredBy")) + facts.objects(record, mc("isGrantedBy"))
    stated = (country_code(terms.lexical(c)) for body in bodies for c in facts.objects(body, mc("country")))
    countries = [code for code in dict.fromkeys(stated) if code]
    for credential in _covered(facts, record):
        yield from ((credential, country) for country in countries)


def _levels_before(facts: Facts, level: Term) -> tuple[Term, ...]:
    """The level and every level that rows lead from to it."""
    found = {level: None}
    for term in (waiting := [level]):
        for row in facts.subjects(mc("hasTargetLevel"), term):
            for source in facts.objects(row, mc("hasSourceLevel")):
                if source not in found:
                    found[source] = None
                    waiting.append(source)
    return tuple(found)


def _covered(facts: Facts, record: Term) -> tuple[Term, ...]:
    """The credentials it names, else all that its bodies award, units of theirs and those they license among them."""
    named = facts.objects(record, mc("coversCredential"))
    if named:
        return named
    bodies = dict.fromkeys(facts.objects(record, mc("recognisesAwardsOf")) + facts.objects(record, mc("isGrantedTo")))
    for body in (waiting := list(bodies)):
        below = list(facts.subjects(mc("isUnitOf"), body))
        below += [o for r in facts.subjects(mc("isGrantedBy"), body) for o in facts.objects(r, mc("isGrantedTo"))]
        waiting += [other for other in below if other not in bodies]
        bodies |= dict.fromkeys(below)
    names = ("isCertifiedBy", "isOfferedBy")
    return tuple(dict.fromkeys(c for b in bodies for n in names for c in facts.subjects(mc(n), b)))
