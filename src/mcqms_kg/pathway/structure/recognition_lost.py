"""What is recognised no longer when agreements, licences, rows of a referencing or bodies are withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import is_credential
from mcqms_kg.pathway.recognition.chains import Web
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.model import Node, Recognition, Verdict
from mcqms_kg.pathway.recognition.recognising import recognise
from mcqms_kg.pathway.structure.observations import Observation

MOST_PAIRS = 500
"""How many credentials, each with a place, are asked about."""
_HELD = (Verdict.RECOGNISED, Verdict.UNVERIFIED)
_AWARDED_BY = ("isCertifiedBy", "isOfferedBy", "hasLevel")
_EARLIER = (
    ("isUnitOf", ""),
    ("isGrantedBy", "isGrantedTo"),
    ("isHonouredBy", "recognisesAwardsOf"),
    ("grantsLevel", "recognisesAwardsOf"),
    ("hasTargetLevel", "hasSourceLevel"),
    ("hasSourceLevel", "hasTargetLevel"),
)
"""From a body or level back to those from which a link may lead to it: over whom, and what of it."""


def lost_recognition(
    facts: Facts, records: Iterable[Term], gone: Iterable[Term], day: dt.date
) -> tuple[tuple[Observation, ...], bool]:
    """The credentials whose recognition somewhere rests on the records, and ends with what is gone; and whether all were looked at."""
    resting, without = frozenset(records), frozenset(gone)
    found, asked = list[Observation](), 0
    for credential in _candidates(facts, resting):
        places = list(_places(facts, credential, resting, day))
        asked += max(1, len(places))
        if asked > MOST_PAIRS:
            return tuple(found), False
        for place in places:
            before = recognise(facts, credential, place, day)
            after = recognise(facts, credential, place, day, without)
            if before.verdict in _HELD and (after.verdict, after.levels) != (before.verdict, before.levels):
                found.append(_observed(before, after))
    return tuple(found), True


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


def _places(facts: Facts, credential: Term, records: frozenset[Term], day: dt.date) -> Iterator[str]:
    """The countries and frameworks that links of the records lead the credential to, over any number of others."""
    web = Web(Known(facts, day, credential), Node("credential", credential))
    for node in web.beyond(records):
        if node.kind == "country":
            yield terms.lexical(node.term)
        elif node.kind == "framework" and terms.is_iri(node.term):
            yield terms.iri_text(node.term)


def _candidates(facts: Facts, records: frozenset[Term]) -> tuple[Term, ...]:
    """The credentials that may rest on a record: those it names, else all that lead to its sides, backwards over every link."""
    found = dict[Term, None]()
    for record in sorted(records):
        named = facts.objects(record, mc("coversCredential"))
        found |= dict.fromkeys(named or _leading_to(facts, record))
    return tuple(term for term in found if is_credential(facts, term))


def _leading_to(facts: Facts, record: Term) -> Iterator[Term]:
    sides = ("recognisesAwardsOf", "isGrantedTo", "hasSourceLevel", "hasTargetLevel")
    found = dict.fromkeys(side for name in sides for side in facts.objects(record, mc(name)))
    for term in (waiting := list(found)):
        new = [earlier for earlier in _earlier(facts, term) if earlier not in found]
        found |= dict.fromkeys(new)
        waiting += new
    yield from (c for term in found for name in _AWARDED_BY for c in facts.subjects(mc(name), term))


def _earlier(facts: Facts, term: Term) -> Iterator[Term]:
    for over, of in _EARLIER:
        for record in facts.subjects(mc(over), term):
            yield from facts.objects(record, mc(of)) if of else (record,)
