"""Credentials in CTDL, with the assessment and the learning behind them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.interop.carried import Carried, decimal, is_plain
from mcqms_kg.interop.ctdl.organisations import organisations_of
from mcqms_kg.interop.ctdl.parts import (
    LABEL,
    aligned,
    coded,
    described,
    duration,
    languages,
    put,
    references,
    status,
)
from mcqms_kg.interop.ctdl.terms import METHODS, PARTICIPATION, ctid_of, resource
from mcqms_kg.interop.json_object import says
from mcqms_kg.model import Term

Node = dict[str, Any]
KINDS = {
    "MicroCredential": "ceterms:MicroCredential",
    "Certification": "ceterms:Certification",
    "Qualification": "ceterms:Degree",
}
LEARNING = "#learning-opportunity"
"""What is added to the IRI of a credential for the learning that leads to it, which is one thing with it here."""
_STATUS = {
    "active": "credentialStat:Active",
    "over": "credentialStat:Deprecated",
    "prepared": "credentialStat:Probationary",
}
_LIFE = {"active": "lifeCycle:Active", "over": "lifeCycle:Ceased", "prepared": "lifeCycle:Developing"}
_UNITS = {"credits": "National credits (SKS)", "ectsCredits": "ECTS credits"}
CONDITION, VALUE = "ceterms:ConditionProfile", "ceterms:ValueProfile"


def schemes_of(term: Term, graph: GraphIndex) -> tuple[Term, ...]:
    """The assessment schemes of a credential that have a name."""
    return tuple(o for o in graph.objects(term, mc("hasAssessmentScheme")) if terms.is_iri(o) and o in graph)


def outcomes_of(term: Term, graph: GraphIndex) -> tuple[Term, ...]:
    """Its learning outcomes that say something."""
    return tuple(
        o for o in graph.objects(term, mc("hasOutcome")) if terms.is_iri(o) and any(map(_says, graph.objects(o, LABEL)))
    )


def _says(value: Term) -> bool:
    return is_plain(value) or bool(terms.is_literal(value) and terms.language(value) and says(terms.lexical(value)))


def credential(term: Term, carried: Carried) -> Node:
    """A credential of ours as a resource of CTDL, with what is said of it alone."""
    kind = next((name for name in KINDS if mc(name) in carried.graph.types(term)), "MicroCredential")
    carried.thing(term, mc(kind))
    node = described(term, KINDS[kind], carried)
    put(node, "ceterms:subjectWebpage", carried.address(term, mc("publicPage")))
    put(node, "ceterms:inLanguage", languages(term, carried))
    node["ceterms:credentialStatusType"] = coded(_STATUS[status(term, carried)])
    put(node, "ceterms:offeredBy", references(carried.values(term, mc("isOfferedBy"))))
    put(node, "ceterms:dateEffective", carried.date(term, mc("firstOfferDate")))
    put(node, "ceterms:expirationDate", carried.date(term, mc("withdrawalDate")))
    put(node, "ceterms:estimatedDuration", _workload(term, carried))
    put(node, "ceterms:atLevel", _levels(term, carried))
    put(node, "ceterms:requires", [_rests_on(term, carried), *_prerequisites(term, carried)])
    put(node, "ceterms:isPreparationFor", _progressions(term, carried))
    return node


def assessment(scheme: Term, term: Term, carried: Carried) -> Node:
    """How it is assessed. What the scheme does not say of itself is said by the credential: its page and its languages."""
    carried.thing(scheme, mc("AssessmentScheme"))
    node = described(scheme, "ceterms:AssessmentProfile", carried)
    criteria = carried.texts(scheme, mc("assessmentCriteria"))
    if "ceterms:description" not in node:
        put(node, "ceterms:description", dict(criteria))
    put(node, "ceterms:scoringMethodDescription", criteria)
    page = carried.address(term, mc("publicPage"))
    put(node, "ceterms:subjectWebpage", page)
    put(node, "ceterms:availabilityListing", [page] if page else [])
    put(node, "ceterms:inLanguage", languages(scheme, carried))
    node["ceterms:lifeCycleStatusType"] = coded(_LIFE[status(term, carried)])
    told = [
        body for body in organisations_of(term, carried.graph) if mc("CertificationBody") in carried.graph.types(body)
    ]
    bodies = [body for body in carried.graph.objects(term, mc("isCertifiedBy")) if body in told]
    carried.take(term, mc("isCertifiedBy"), *bodies)
    bodies = bodies or list(carried.graph.objects(term, mc("isOfferedBy")))
    put(node, "ceterms:offeredBy", references(body for body in bodies if terms.is_iri(body)))
    put(node, "ceterms:assessmentMethodType", _methods(scheme, carried))
    _put_supervision(node, scheme, carried)
    put(node, "ceterms:assesses", _competencies(term, carried))
    return node


def learning(term: Term, carried: Carried) -> Node:
    """The learning that leads to it: how one takes part, and with how much credit."""
    iri = terms.iri_text(term) + LEARNING
    node: Node = {"@type": "ceterms:LearningOpportunityProfile", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    whole = credential(term, carried)
    kept = ("name", "description", "subjectWebpage", "inLanguage", "offeredBy", "estimatedDuration")
    for key in (f"ceterms:{name}" for name in kept):
        put(node, key, whole.get(key))
    page = whole.get("ceterms:subjectWebpage")
    put(node, "ceterms:availabilityListing", [page] if page else [])
    node["ceterms:lifeCycleStatusType"] = coded(_LIFE[status(term, carried)])
    put(node, "ceterms:deliveryType", _participation(term, carried))
    put(node, "ceterms:creditValue", [v for name in _UNITS for v in _value(term, name, carried)])
    put(node, "ceterms:teaches", _competencies(term, carried))
    return node


def _workload(term: Term, carried: Carried) -> list[Node]:
    for value in carried.graph.objects(term, mc("workloadHours")):
        hours = decimal(value)
        if hours is not None and 0 < hours < 1_000_000 and hours * 3600 * 1000 == int(hours * 3600 * 1000):
            carried.take(term, mc("workloadHours"), value)
            return [{"@type": "ceterms:DurationProfile", "ceterms:timeRequired": duration(Decimal(hours))}]
    return []


def _levels(term: Term, carried: Carried) -> list[Node]:
    graph = carried.graph
    return [
        aligned(level, graph.value(level, mc("isLevelOf")), graph.texts(level, LABEL), carried)
        for level in carried.values(term, mc("hasLevel"))
    ]


def _rests_on(term: Term, carried: Carried) -> Node:
    """The first condition: learning, assessment and competencies."""
    schemes = schemes_of(term, carried.graph)
    carried.take(term, mc("hasAssessmentScheme"), *schemes)
    node: Node = {"@type": CONDITION}
    node["ceterms:targetLearningOpportunity"] = [resource(terms.iri_text(term) + LEARNING)]
    put(node, "ceterms:targetAssessment", references(schemes))
    put(node, "ceterms:targetCompetency", _competencies(term, carried))
    return node


def _competencies(term: Term, carried: Carried) -> list[Node]:
    """The outcomes, by the framework that they make up."""
    outcomes = outcomes_of(term, carried.graph)
    carried.take(term, mc("hasOutcome"), *outcomes)
    return [
        {
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": resource(terms.iri_text(outcome)),
            "ceterms:targetNodeName": dict(carried.texts(outcome, LABEL)),
        }
        for outcome in outcomes
    ]


def _prerequisites(term: Term, carried: Carried) -> list[Node]:
    before = references(carried.values(term, mc("requires")))
    texts = carried.texts(term, mc("prerequisiteText"))
    node: Node = {"@type": CONDITION}
    put(node, "ceterms:description", dict(texts))
    put(node, "ceterms:targetCredential", before)
    return [node] if len(node) > 1 else []


def _progressions(term: Term, carried: Carried) -> list[Node]:
    found = []
    for progression in carried.graph.objects(term, mc("hasProgression")):
        targets = carried.values(progression, mc("leadsTo"))
        if not targets:
            continue
        carried.take(term, mc("hasProgression"), progression)
        carried.thing(progression, mc("Progression"))
        node: Node = {"@type": CONDITION}
        put(node, "ceterms:name", dict(carried.texts(progression, LABEL)))
        put(node, "ceterms:targetCredential", references(targets))
        put(node, "ceterms:creditValue", _value(progression, "creditValue", carried))
        found.append(node)
    return found


def _value(term: Term, name: str, carried: Carried) -> list[Node]:
    number = carried.number(term, mc(name))
    if number is None:
        return []
    return [{"@type": VALUE, "schema:value": number, "schema:description": {"en": _UNITS.get(name, _UNITS["credits"])}}]


def _participation(term: Term, carried: Carried) -> list[Node]:
    found = _theirs(term, "hasParticipationForm", PARTICIPATION, carried)
    carried.take(term, mc("hasParticipationForm"), *(o for o, _ in found))
    return [coded(theirs) for _, theirs in found]


def _methods(scheme: Term, carried: Carried) -> list[Node]:
    found = _theirs(scheme, "hasAssessmentMethod", METHODS, carried)
    carried.take(scheme, mc("hasAssessmentMethod"), *(o for o, _ in found))
    return [coded(theirs) for _, theirs in found]


def _theirs(term: Term, name: str, codes: dict[str, str], carried: Carried) -> list[tuple[Term, str]]:
    known = {code(ours): theirs for ours, theirs in codes.items()}
    return [(o, known[o]) for o in carried.graph.objects(term, mc(name)) if o in known]


def _put_supervision(node: Node, scheme: Term, carried: Carried) -> None:
    found = carried.graph.objects(scheme, mc("hasSupervision"))
    if found == (code("supervision-unsupervised"),):
        carried.take(scheme, mc("hasSupervision"), *found)
        node["ceterms:isProctored"] = False
    elif found and code("supervision-unsupervised") not in found:
        node["ceterms:isProctored"] = True
