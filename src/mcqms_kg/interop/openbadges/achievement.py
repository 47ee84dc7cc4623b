"""A credential of ours as an Achievement of Open Badges 3.0: what can be earned, by whom it is offered, and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges.badge_source import DESCRIPTION, LABEL, NOTATION, BadgeSource
from mcqms_kg.model import Term

KINDS = (
    ("MicroCredential", "MicroCredential"),
    ("Certification", "Certification"),
    ("Qualification", "ext:Qualification"),
)
"""Class of ours and achievementType, the narrower first."""
COMPETENCY, OUTCOME, LEVEL, CONSIDERED = (
    "ceasn:Competency",
    "ext:LearningOutcome",
    "ext:QualificationLevel",
    "ext:Reference",
)
"""What an alignment points at: a unit that an outcome is tied to, an outcome without one, a level, what development took into account."""
Object = dict[str, Any]


def achievement(carried: BadgeSource, credential: Term) -> Object:
    """The credential as an Achievement; what the data lacks is left out, and the standard's own rulebook asks for it."""
    carried.visit(credential)
    offering = carried.things(credential, "isOfferedBy")[:1]
    found: Object = {
        "id": terms.iri_text(credential),
        "type": ["Achievement"],
        "achievementType": _kind(carried, credential),
        "name": carried.text(credential, LABEL),
        "description": carried.text(credential, DESCRIPTION),
        "inLanguage": carried.language,
        "humanCode": carried.plain(credential, NOTATION),
        "criteria": _criteria(carried, credential),
        "creditsAvailable": carried.number(credential, mc("credits")),
        "creator": profile(carried, offering[0], "Provider") if offering else None,
        "alignment": [
            *_outcomes(carried, credential),
            *_levels(carried, credential),
            *_considered(carried, credential),
        ],
    }
    if offering:
        carried.taken(credential, mc("isOfferedBy"), offering[0])
    return {name: value for name, value in found.items() if value not in (None, [])}


def profile(carried: BadgeSource, organisation: Term, class_: str) -> Object:
    """An organisation as a Profile."""
    carried.visit(organisation)
    carried.type_is(organisation, class_)
    country = carried.country(organisation)
    found: Object = {
        "id": terms.iri_text(organisation),
        "type": ["Profile"],
        "name": carried.text(organisation, LABEL),
        "description": carried.text(organisation, DESCRIPTION),
        "url": carried.page(organisation),
        "address": {"type": ["Address"], "addressCountryCode": country} if country else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _kind(carried: BadgeSource, credential: Term) -> str | None:
    for class_, kind in KINDS:
        if carried.type_is(credential, class_):
            return kind
    carried.type_is(credential, "Credential")
    return None


def _criteria(carried: BadgeSource, credential: Term) -> Object:
    """The criteria of the assessment scheme, and the page where the public reads about the credential."""
    found: Object = {}
    page = carried.page(credential)
    if page:
        found["id"] = page
    for scheme in carried.parts(credential, "hasAssessmentScheme"):
        if criteria := carried.text(scheme, mc("assessmentCriteria")):
            carried.rename(scheme)
            carried.taken(credential, mc("hasAssessmentScheme"), scheme)
            carried.type_is(scheme, "AssessmentScheme")
            found["narrative"] = criteria
            break
    return found


def _outcomes(carried: BadgeSource, credential: Term) -> Iterator[Object]:
    """An alignment for each unit that an outcome is tied to; those with one text are read back as one outcome."""
    told: set[str] = set()
    for outcome in carried.parts(credential, "hasOutcome"):
        if terms.is_blank(outcome) and not carried.things(outcome, "isTiedTo"):
            continue  # an alignment points at an address
        carried.taken(credential, mc("hasOutcome"), outcome)
        carried.type_is(outcome, "LearningOutcome")
        units = carried.things(outcome, "isTiedTo")
        if not units:
            carried.visit(outcome)
            yield _alignment(outcome, carried.text(outcome, LABEL) or terms.local_name(outcome), OUTCOME)
            continue
        carried.rename(outcome)
        text = carried.graph.name(outcome, carried.language)
        text = "" if text in told else carried.text(outcome, LABEL) or ""
        told.add(text)
        for number, unit in enumerate(units):
            if text or number == 0:
                carried.taken(outcome, mc("isTiedTo"), unit)
            yield {**_pointing_at(carried, unit, COMPETENCY), **({"targetDescription": text} if text else {})}


def _levels(carried: BadgeSource, credential: Term) -> Iterator[Object]:
    for level in carried.things(credential, "hasLevel"):
        carried.taken(credential, mc("hasLevel"), level)
        frameworks = carried.things(level, "isLevelOf")
        named = {"targetFramework": carried.graph.name(frameworks[0], carried.language)} if frameworks else {}
        yield {**_pointing_at(carried, level, LEVEL), **named}


def _considered(carried: BadgeSource, credential: Term) -> Iterator[Object]:
    for reference in carried.things(credential, "takesIntoAccount"):
        carried.taken(credential, mc("takesIntoAccount"), reference)
        yield _pointing_at(carried, reference, CONSIDERED)


def _pointing_at(carried: BadgeSource, target: Term, kind: str) -> Object:
    """An alignment to something that is described elsewhere, by its own name, code and framework."""
    graph, language = carried.graph, carried.language
    found = _alignment(target, graph.name(target, language), kind)
    code = graph.value(target, NOTATION)
    defined = carried.things(target, "isDefinedIn")
    if code:
        found["targetCode"] = terms.lexical(code)
    if defined:
        found["targetFramework"] = graph.name(defined[0], language)
    return found


def _alignment(target: Term, name: str, kind: str) -> Object:
    return {"type": ["Alignment"], "targetName": name, "targetUrl": terms.iri_text(target), "targetType": kind}
