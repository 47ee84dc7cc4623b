"""European Digital Credentials, taken over as awards; of the learner only a pseudonym."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.document import LABEL
from mcqms_kg.interop.elm.mapping import Understanding, day
from mcqms_kg.interop.elm.read_agents import organisation
from mcqms_kg.interop.elm.read_specification import scheme, specification
from mcqms_kg.interop.pseudonyms import pseudonym
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE


def credential(known: Understanding, thing: Term, at: str) -> None:
    """Takes a credential over: one award, or one for each achievement that it claims."""
    if not known.reach(thing):
        return
    claims = [
        (claim, place, subject)
        for subject, _ in known.values(thing, "credentialSubject")
        if known.reach(subject)
        for claim, place in known.values(subject, "hasClaim")
    ]
    achieved = [claim for claim in claims if known.is_a(claim[0], "LearningAchievement")]
    achieved = achieved or [claim for claim in claims if known.is_a(claim[0], *_OTHER_CLAIMS)]
    for claim, place, _ in claims:
        if claim not in {c for c, _, _ in achieved}:
            known.lose(place, phrases.UNKNOWN_TYPE)
    for claim, place, subject in achieved:
        award = thing if len(achieved) == 1 else claim
        known.typed(award, "Award", at)
        learner = pseudonym(terms.iri_text(award), _identity(subject))
        known.say(award, mc("isAwardedTo"), learner, place)
        known.typed(learner, "Learner", place)
        _achievement(known, award, claim)
        _envelope(known, thing, award)


_OTHER_CLAIMS = ("LearningActivity", "LearningAssessment", "LearningEntitlement")
"""Claims that are awards where there is no achievement, such as a certificate of participation."""


def _identity(subject: Term) -> str:
    """What identifies the learner: the name that the credential has for them, where it holds beyond the credential."""
    return "" if "#" in subject else terms.iri_text(subject)


def _envelope(known: Understanding, thing: Term, award: Term) -> None:
    """Who issued it and when, unless the achievement says it."""
    for key in ("issued", "issuanceDate", "dateIssued"):
        _first_day(known, thing, key, award, mc("issueDate"))
    for key in ("validUntil", "expirationDate"):
        _first_day(known, thing, key, award, mc("expiryDate"))
    issued = {value for (s, p, value) in known.stated if (s, p) == (award, mc("issueDate"))}
    for value, at in known.values(thing, "validFrom"):
        begins = day(terms.lexical(value))
        if begins and begins not in issued:
            known.say(award, mc("effectiveDate"), begins, at)
        elif not begins:
            known.lose(at, phrases.WRONG_KIND)
    bodies = {value for (s, p, value) in known.stated if (s, p) == (award, mc("isIssuedBy"))}
    for issuer, at in known.values(thing, "issuer"):
        if not bodies:
            known.say(award, mc("isIssuedBy"), organisation(known, issuer, at), at)
        elif issuer not in bodies:
            known.lose(at, phrases.SEALED_BY)


def _first_day(known: Understanding, thing: Term, key: str, award: Term, predicate: Term) -> None:
    """A day, unless another key said it before; one that differs is lost."""
    for value, at in known.values(thing, key):
        said = {v for (s, p, v) in known.stated if (s, p) == (award, predicate)}
        found = day(terms.lexical(value)) if terms.is_literal(value) else None
        if found and not said:
            known.say(award, predicate, found, at)
        elif found not in said:
            known.lose(at, phrases.WRONG_KIND if not found else phrases.NOT_TAKEN)


def _achievement(known: Understanding, award: Term, claim: Term) -> None:
    known.reach(claim)
    known.texts(claim, "title", award, LABEL)
    for process, _ in known.values(claim, "awardedBy"):
        _awarded_by(known, process, award)
    is_achievement = known.is_a(claim, "LearningAchievement")
    specified = list(known.values(claim, "specifiedBy")) if is_achievement else []
    what = [specification(known, value, at) for value, at in specified]
    for given in what:
        known.say(award, mc("awardsCredential"), given, known.places[claim, _SPECIFIED_BY, given])
    if not what:
        what = [_without_specification(known, award, claim, "MicroCredential" if is_achievement else "Credential")]
    proofs = list(known.values(claim, "provenBy"))
    for proof, at in proofs:
        _assessment(known, proof, at, award, is_only=len(proofs) == 1)
        for spec, place in known.values(proof, "specifiedBy"):
            for given in what:
                known.say(given, mc("hasAssessmentScheme"), scheme(known, spec, place), place)


_SPECIFIED_BY = terms.iri("http://data.europa.eu/snb/model/elm/specifiedBy")
_TITLE = terms.iri("http://purl.org/dc/terms/title")
_TYPE = terms.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def _without_specification(known: Understanding, award: Term, claim: Term, type_: str) -> Term:
    """What was awarded is taken from the achievement where nothing specifies it."""
    at = next((known.places[claim, p, o] for p, o in known.graph.out(claim) if p == _TYPE), "")
    text = terms.iri_text(claim)
    made = terms.iri(f"{text}{'-' if '#' in text else '#'}specification")
    known.typed(made, type_, at)
    known.say(award, mc("awardsCredential"), made, at)
    for title in known.graph.objects(claim, _TITLE):
        known.say(made, LABEL, title, known.places[claim, _TITLE, title])
    known.lose(at, phrases.NO_SPECIFICATION)
    return made


def _awarded_by(known: Understanding, process: Term, award: Term) -> None:
    known.reach(process)
    for body, at in known.values(process, "awardingBody"):
        if known.is_a(body, "Person"):
            known.lose(at, phrases.PERSONAL)
        else:
            known.say(award, mc("isIssuedBy"), organisation(known, body, at), at)
    _first_day(known, process, "awardingDate", award, mc("issueDate"))


def _assessment(known: Understanding, thing: Term, at: str, award: Term, *, is_only: bool) -> None:
    """An assessment as a whole gives the grade; its parts, or it itself where it has none, are what the award rests on."""
    known.reach(thing)
    parts = list(known.values(thing, "hasPart"))
    is_whole = bool(parts) or terms.iri_text(thing).endswith(("#assessment", "-assessment"))
    if is_only:
        _grade(known, thing, award)
    for part, place in parts:
        _act(known, part, place, award)
    if is_whole:
        for key in ("title", "awardedBy"):
            list(known.values(thing, key))
    else:
        _act(known, thing, at, award)


def _act(known: Understanding, thing: Term, at: str, award: Term) -> None:
    known.reach(thing)
    known.typed(thing, "Assessment", at)
    known.say(award, mc("restsOn"), thing, at)
    known.texts(thing, "title", thing, LABEL)
    known.literal(thing, "dateIssued", thing, mc("eventDate"), day)
    for process, _ in known.values(thing, "awardedBy"):
        known.reach(process) if not known.graph.out(process) else None
    _result(known, thing)


def _grade(known: Understanding, thing: Term, award: Term) -> None:
    for note, _ in known.values(thing, "grade"):
        known.reach(note)
        if not terms.iri_text(note).endswith("no-grade"):
            known.texts(note, "noteLiteral", award, mc("awardGrade"))


def _result(known: Understanding, thing: Term) -> None:
    """A grade that says what a code of ours says is a result."""
    for note, _ in known.values(thing, "grade"):
        known.reach(note)
        for subject, at in known.values(note, "subject"):
            if terms.lexical(subject).startswith(CODE + "result-"):
                known.say(thing, mc("hasResult"), subject, at)
                list(known.values(note, "noteLiteral"))
        if terms.iri_text(note).endswith("no-grade"):
            list(known.values(note, "noteLiteral"))
