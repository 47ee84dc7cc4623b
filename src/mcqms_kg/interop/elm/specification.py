"""What a credential stands for: a specification of a learning achievement, with outcomes, level, workload and assessment."""

from __future__ import annotations

from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.agents import organisation
from mcqms_kg.interop.elm.assessment import assessment_specification
from mcqms_kg.interop.elm.document import (
    DESCRIPTION,
    LABEL,
    NOTATION,
    Node,
    Writing,
    concept,
    language_concepts,
    without_gaps,
)
from mcqms_kg.model import Term
from mcqms_kg.namespaces import DCTERMS, HOME, MC, SKOS

LANGUAGE = terms.iri(DCTERMS + "language")
EQF_FRAMEWORK = terms.iri(HOME + "eqf/framework")
NATIONAL_CREDITS = MC + "credits"
"""The framework of national credits, which no European list knows: our own term stands for it."""
_ISCED_F = ("http://data.europa.eu/snb/isced-f/", "http://data.europa.eu/esco/isced-f/")
_HANDLED = (
    "workloadHours credits ectsCredits hasParticipationForm hasLevel prerequisiteText hasOutcome hasAssessmentScheme publicPage "
    "hasQualityAssurance hasField isCertifiedBy isOfferedBy firstOfferDate withdrawalDate"
)


def specification(writing: Writing, term: Term, *, of_offer: bool = False) -> Node:
    """The credential as a specification; `of_offer` adds what stands in a description of what is offered."""
    names = writing.texts(term, LABEL)
    if not names:
        writing.lack(term, phrases.NO_NAME)
    handled = [mc(name) for name in _HANDLED.split()]
    if not of_offer:
        handled = [p for p in handled if p not in (mc("isOfferedBy"), mc("firstOfferDate"), mc("withdrawalDate"))]
    writing.unhandled(term, (LABEL, DESCRIPTION, LANGUAGE, *handled))
    is_qualification = mc("Qualification") in writing.graph.types(term)
    if mc("Certification") in writing.graph.types(term):
        writing.lose(term, phrases.KIND)
    return without_gaps(
        id=writing.id_of(term),
        type="Qualification" if is_qualification else "LearningAchievementSpecification",
        isPartialQualification=False if is_qualification else None,
        title=names,
        description=writing.texts(term, DESCRIPTION),
        language=_languages(writing, term),
        thematicArea=_fields(writing, term),
        volumeOfLearning=_hours(writing, term),
        creditPoint=_credits(writing, term),
        mode=_modes(writing, term),
        entryRequirement=_note(writing, term, "prerequisiteText", "entry"),
        learningOutcome=[_outcome(writing, o) for o in writing.things(term, mc("hasOutcome"), needed=True)],
        provenBy=[assessment_specification(writing, s, names) for s in writing.things(term, mc("hasAssessmentScheme"))],
        homepage=writing.page(term),
        additionalNote=[
            writing.coded_note(term, code, f"quality-{number}")
            for number, code in enumerate(writing.things(term, mc("hasQualityAssurance")), start=1)
        ],
        awardingOpportunity=_awarding(writing, term),
        **_levels(writing, term),
    )


def _languages(writing: Writing, term: Term) -> list[Node]:
    values = writing.graph.objects(term, LANGUAGE)
    for value in values:
        if not code_lists.language(_tag(value)):
            writing.lose(term, phrases.not_in_list(LANGUAGE), value)
        elif value != terms.literal(_tag(value)) or len(_tag(value)) > len("en"):
            writing.lose(term, phrases.LANGUAGE_REPLACED, value)
    return language_concepts(_tag(value) for value in values)


def _tag(value: Term) -> str:
    """The tag of a language that is stated as a literal, or as a code of the European list."""
    return code_lists.language_tag(terms.lexical(value)) or terms.lexical(value)


def _fields(writing: Writing, term: Term) -> list[Node]:
    found: list[str] = []
    for value in writing.things(term, mc("hasField")):
        text = terms.lexical(value)
        code = next((text.removeprefix(scheme) for scheme in _ISCED_F if text.startswith(scheme)), "")
        notation = writing.graph.value(value, NOTATION)
        iri = code_lists.field(code or (terms.lexical(notation) if notation else ""))
        if iri is None:
            writing.lose(term, phrases.not_in_list(mc("hasField")), value)
        elif iri not in found:
            found.append(iri)
        if iri and iri != text:
            writing.lose(term, phrases.FIELD_REPLACED, value)
    return [concept(iri, code_lists.FIELDS) for iri in found]


def _hours(writing: Writing, term: Term) -> str | None:
    """The workload as a duration in hours, and minutes and seconds where it is not in whole hours."""
    hours = writing.number(term, mc("workloadHours"))
    if hours is None:
        return None
    seconds = hours * 3600
    if seconds != seconds.to_integral_value():
        seconds = seconds.normalize()
    whole, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((whole, "H"), (minutes, "M"), (left, "S"))
    return "PT" + "".join(f"{_plain(amount)}{unit}" for amount, unit in parts if amount)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _credits(writing: Writing, term: Term) -> list[Node]:
    """ECTS credits where they are stated as such; national credits under our own name."""
    found = []
    for name, framework in (
        ("ectsCredits", concept(code_lists.ECTS, code_lists.CREDITS)),
        ("credits", concept(NATIONAL_CREDITS, MC) | {"prefLabel": {"en": "national credits", "id": "kredit nasional"}}),
    ):
        number = writing.number(term, mc(name))
        if number is not None:
            found.append(
                {"id": writing.part(term, name), "type": "CreditPoint", "framework": framework, "point": _plain(number)}
            )
    return found


def _modes(writing: Writing, term: Term) -> list[Node]:
    found = []
    for value in writing.things(term, mc("hasParticipationForm")):
        iri = code_lists.MODE_OF.get(terms.lexical(value))
        if iri:
            found.append(concept(iri, code_lists.MODES))
        else:
            writing.lose(term, phrases.not_in_list(mc("hasParticipationForm")), value)
    return found


def _levels(writing: Writing, term: Term) -> dict[str, object]:
    """Levels of every framework as levels of education, those of the European one as such too."""
    education, european = [], []
    for level in writing.things(term, mc("hasLevel")):
        framework = writing.one_thing(level, mc("isLevelOf"))
        iri = _eqf(writing, level) if framework == EQF_FRAMEWORK else None
        node = concept(iri, code_lists.EQF) if iri else writing.concept(level, framework)
        education.append(node)
        european += [node] if iri else []
        if not iri:
            _unhandled_code(writing, level, "isLevelOf")
    return without_gaps(educationLevel=education, eqfLevel=european[:1])


def _eqf(writing: Writing, level: Term) -> str | None:
    number = writing.number(level, mc("levelNumber"))
    return code_lists.eqf(int(number)) if number is not None and number == int(number) else None


def _note(writing: Writing, term: Term, name: str, part: str) -> Node | None:
    texts = writing.texts(term, mc(name))
    return {"id": writing.part(term, part), "type": "Note", "noteLiteral": texts} if texts else None


def _outcome(writing: Writing, term: Term) -> Node:
    """A learning outcome with the units that it is tied to."""
    names = writing.texts(term, LABEL)
    handled = [LABEL, mc("isTiedTo")]
    if not names and (names := writing.texts(term, DESCRIPTION)):
        handled.append(DESCRIPTION)
        writing.lose(term, phrases.NAME_FROM_DESCRIPTION)
    if not names:
        writing.lack(term, phrases.NO_NAME)
    writing.unhandled(term, handled)
    units = [_unit(writing, unit) for unit in writing.things(term, mc("isTiedTo"))]
    return without_gaps(id=writing.id_of(term), type="LearningOutcome", title=names, relatedSkill=units)


def _unit(writing: Writing, unit: Term) -> Node:
    """A unit of competency as a skill of the edition that defines it."""
    _unhandled_code(writing, unit, "isDefinedIn")
    return writing.concept(unit, writing.one_thing(unit, mc("isDefinedIn")))


def _unhandled_code(writing: Writing, code: Term, within: str) -> None:
    """What else is stated of a code is lost, unless our own files state it."""
    if not terms.lexical(code).startswith(HOME):
        writing.unhandled(code, (LABEL, NOTATION, terms.iri(SKOS + "prefLabel"), mc(within)))


def _awarding(writing: Writing, term: Term) -> list[Node]:
    """Who certifies, with the licences for it; an organisation that cannot be written is lost."""
    found = []
    for number, body in enumerate(writing.things(term, mc("isCertifiedBy")), start=1):
        own = Writing(writing.graph, writing.wanted)
        node = organisation(own, body, licences=True)
        if own.lacking:
            writing.lose(term, phrases.not_carried(mc("isCertifiedBy")), body)
            continue
        writing.take(own)
        found.append(
            {
                "id": writing.part(term, f"awarding-{number}"),
                "type": "AwardingOpportunity",
                "awardingBody": node,
                "learningAchievementSpecification": {"id": writing.id_of(term)},
            }
        )
    return found
