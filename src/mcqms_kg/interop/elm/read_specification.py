"""Specifications of learning achievements and what is offered, taken over as credentials."""

from __future__ import annotations

from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.document import DESCRIPTION, LABEL, NOTATION
from mcqms_kg.interop.elm.mapping import Understanding, day, hours, number
from mcqms_kg.interop.elm.read_agents import organisation
from mcqms_kg.interop.elm.specification import LANGUAGE, NATIONAL_CREDITS
from mcqms_kg.interop.elm.terms import KEYS
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, HOME

_EQF = "http://data.europa.eu/snb/eqf/"
_ISCED_F = "http://data.europa.eu/snb/isced-f/"
_CREDITS = {code_lists.ECTS: "ectsCredits", NATIONAL_CREDITS: "credits"}
_ECTS_OF_A_YEAR = 60
_NOTES = {CODE + "quality-assurance-": "hasQualityAssurance", CODE + "supervision-": "hasSupervision"}


def specification(known: Understanding, thing: Term, at: str) -> Term:
    """Takes a specification over as a credential: one that is no whole qualification is a micro-credential."""
    if not known.reach(thing):
        return thing
    is_whole = known.is_a(thing, "Qualification") and not _is_short(known, thing)
    known.typed(thing, "Qualification" if is_whole else "MicroCredential", at)
    known.texts(thing, "title", thing, LABEL)
    known.texts(thing, "description", thing, DESCRIPTION)
    known.literal(thing, "volumeOfLearning", thing, mc("workloadHours"), hours)
    known.note(thing, "entryRequirement", thing, mc("prerequisiteText"))
    known.page(thing, thing)
    _languages(known, thing)
    _fields(known, thing)
    _levels(known, thing)
    _credits(known, thing)
    modes(known, thing, thing)
    coded_notes(known, thing)
    for outcome, place in known.values(thing, "learningOutcome"):
        known.say(thing, mc("hasOutcome"), _outcome(known, outcome, place), place)
    for value, place in known.values(thing, "provenBy"):
        known.say(thing, mc("hasAssessmentScheme"), scheme(known, value, place), place)
    for publisher, place in known.values(thing, "publisher"):
        if known.is_a(publisher, "Organisation"):
            known.say(thing, mc("isOfferedBy"), organisation(known, publisher, place, "Provider"), place)
        else:
            known.lose(place, phrases.NOT_TAKEN, publisher)
    for offer, _ in known.values(thing, "awardingOpportunity"):
        known.reach(offer)
        list(known.values(offer, "learningAchievementSpecification"))
        for body, place in known.values(offer, "awardingBody"):
            known.say(thing, mc("isCertifiedBy"), organisation(known, body, place, "CertificationBody"), place)
    return thing


def _is_short(known: Understanding, thing: Term) -> bool:
    """Whether a qualification is said to be a part of one or a short programme, or else carries less than a year of ECTS credits."""
    partial = {terms.lexical(value) for value, _ in known.values(thing, "isPartialQualification")}
    types = [(terms.lexical(kind), kind, at) for kind, at in known.values(thing, "dcType")]
    for iri, kind, at in types:
        if iri != code_lists.SHORT_PROGRAMME:
            known.lose(at, phrases.UNKNOWN_CODE, kind)
    if partial:
        return "true" in partial
    return any(iri == code_lists.SHORT_PROGRAMME for iri, _, _ in types) or _has_few_credits(known, thing)


def _has_few_credits(known: Understanding, thing: Term) -> bool:
    ects = terms.iri(code_lists.ECTS)
    points = [
        terms.lexical(point)
        for credit in known.graph.objects(thing, _key("creditPoint"))
        if ects in known.graph.objects(credit, _key("framework"))
        for point in known.graph.objects(credit, _key("point"))
    ]
    return any(number(point) is not None and Decimal(point) < _ECTS_OF_A_YEAR for point in points)


def opportunity(known: Understanding, thing: Term, at: str) -> Term:
    """Takes an offer over: what is offered is the specification, or the offer itself where it has none."""
    if not known.reach(thing):
        return thing
    offered = [
        specification(known, value, place) for value, place in known.values(thing, "learningAchievementSpecification")
    ]
    what = offered[0] if offered else thing
    known.typed(what, "MicroCredential", at) if not offered else None
    for key, predicate in (("title", LABEL), ("description", DESCRIPTION)):
        _also(known, thing, key, what, predicate)
    pages = tuple(
        p for o in known.graph.objects(thing, _key("providedBy")) for p in known.graph.objects(o, _key("homepage"))
    )
    known.page(thing, what, pages)
    for provider, place in known.values(thing, "providedBy"):
        known.say(what, mc("isOfferedBy"), organisation(known, provider, place, "Provider"), place)
    for period, _ in known.values(thing, "temporal"):
        known.reach(period)
        known.literal(period, "startDate", what, mc("firstOfferDate"), day)
        known.literal(period, "endDate", what, mc("withdrawalDate"), day)
    modes(known, thing, what)
    list(known.values(thing, "defaultLanguage"))
    for kind, place in known.values(thing, "dcType"):
        if terms.lexical(kind) != code_lists.SHORT_PROGRAMME:
            known.lose(place, phrases.UNKNOWN_CODE, kind)
    return what


def _key(key: str) -> Term:
    return terms.iri(KEYS[key][0])


def _also(known: Understanding, thing: Term, key: str, what: Term, predicate: Term) -> None:
    """Texts of the offer stand for those of what is offered where it has none; others are lost."""
    said = {value for (s, p, value) in known.stated if (s, p) == (what, predicate)}
    for value, at in known.values(thing, key):
        if not said and terms.is_literal(value):
            known.say(what, predicate, value, at)
        elif value not in said:
            known.lose(at, phrases.NOT_TAKEN)


def modes(known: Understanding, thing: Term, what: Term) -> None:
    """Forms of participation that we have a code for."""
    for mode, at in known.values(thing, "mode"):
        ours = code_lists.OUR_MODE.get(terms.lexical(mode))
        if ours:
            known.say(what, mc("hasParticipationForm"), terms.iri(ours), at)
        else:
            known.lose(at, phrases.UNKNOWN_CODE, mode)


def coded_notes(known: Understanding, thing: Term) -> None:
    """Notes that say in words what a code of ours says; others are lost."""
    for note, at in known.values(thing, "additionalNote"):
        known.reach(note)
        list(known.values(note, "noteLiteral"))
        subjects = [terms.lexical(subject) for subject, _ in known.values(note, "subject")]
        found = [(p, s) for s in subjects for prefix, p in _NOTES.items() if s.startswith(prefix)]
        for predicate, code in found:
            known.say(thing, mc(predicate), terms.iri(code), at)
        if not found:
            known.lose(at, phrases.NOT_TAKEN)


def _languages(known: Understanding, thing: Term) -> None:
    for language, at in known.values(thing, "language"):
        tag = code_lists.language_tag(terms.lexical(language))
        if tag:
            known.say(thing, LANGUAGE, terms.literal(tag), at)
        else:
            known.lose(at, phrases.UNKNOWN_CODE, language)


def _fields(known: Understanding, thing: Term) -> None:
    for value, at in known.values(thing, "thematicArea"):
        if code_lists.field(terms.lexical(value).removeprefix(_ISCED_F)) == terms.lexical(value):
            known.say(thing, mc("hasField"), value, at)
        else:
            known.lose(at, phrases.UNKNOWN_CODE, value)


def _levels(known: Understanding, thing: Term) -> None:
    """Levels of any framework; those of the European one are ours by another name."""
    for key in ("educationLevel", "eqfLevel", "nqfLevel"):
        for level, at in known.values(thing, key):
            if not terms.is_iri(level):
                known.lose(at, phrases.WRONG_KIND)
                continue
            text = terms.iri_text(level)
            ours = terms.iri(HOME + "eqf/" + text.removeprefix(_EQF)) if text.startswith(_EQF) else level
            known.say(thing, mc("hasLevel"), ours, at)
            _concept(known, ours, level, "QualificationLevel", mc("isLevelOf"), at)


def _concept(known: Understanding, ours: Term, theirs: Term, type_: str, within: Term, at: str) -> None:
    """What is said of a code of others; of ours our own files say it."""
    known.reach(theirs)
    scheme = list(known.values(theirs, "inScheme"))
    is_ours = terms.iri_text(ours).startswith(HOME)
    known.typed(ours, type_, at)
    for key, predicate in (("prefLabel", LABEL), ("notation", NOTATION)):
        for value, place in known.values(theirs, key):
            if not is_ours and terms.is_literal(value):
                known.say(ours, predicate, value, place)
    for value, place in scheme:
        if not is_ours and terms.is_iri(value):
            known.say(ours, within, value, place)


def _credits(known: Understanding, thing: Term) -> None:
    for credit, at in known.values(thing, "creditPoint"):
        known.reach(credit)
        frameworks = [terms.lexical(value) for value, _ in known.values(credit, "framework")]
        name = next((_CREDITS[framework] for framework in frameworks if framework in _CREDITS), None)
        if name:
            known.literal(credit, "point", thing, mc(name), number)
        else:
            list(known.values(credit, "point"))
            known.lose(at, phrases.UNKNOWN_CODE)


def _outcome(known: Understanding, thing: Term, at: str) -> Term:
    if known.reach(thing):
        known.typed(thing, "LearningOutcome", at)
        known.texts(thing, "title", thing, LABEL)
        for key in ("relatedSkill", "relatedESCOSkill"):
            for unit, place in known.values(thing, key):
                if terms.is_iri(unit):
                    known.say(thing, mc("isTiedTo"), unit, place)
                    _concept(known, unit, unit, "CompetencyUnit", mc("isDefinedIn"), place)
    return thing


def scheme(known: Understanding, thing: Term, at: str) -> Term:
    """An assessment scheme; the types of its parts are methods of it."""
    if known.reach(thing):
        known.typed(thing, "AssessmentScheme", at)
        known.texts(thing, "title", thing, LABEL)
        known.texts(thing, "description", thing, DESCRIPTION)
        coded_notes(known, thing)
        _methods(known, thing, thing)
        for part, place in known.values(thing, "hasPart"):
            known.reach(part)
            list(known.values(part, "title"))
            if not _methods(known, part, thing):
                known.lose(place, phrases.NOT_TAKEN)
    return thing


def _methods(known: Understanding, thing: Term, scheme: Term) -> bool:
    found = False
    for kind, at in known.values(thing, "dcType"):
        ours = code_lists.OUR_ASSESSMENT.get(terms.lexical(kind))
        found = True
        if ours:
            known.say(scheme, mc("hasAssessmentMethod"), terms.iri(ours), at)
        else:
            known.lose(at, phrases.UNKNOWN_CODE, kind)
    return found
