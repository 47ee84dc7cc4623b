"""The conditions of a credential in CTDL: what it rests on, what comes before, what it counts towards, and the learning behind it."""

from __future__ import annotations

import re
from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.ctdl.names import Names
from mcqms_kg.interop.ctdl.parts import LABEL
from mcqms_kg.interop.ctdl.terms import PARTICIPATION, back
from mcqms_kg.interop.json_object import Given
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

_HOURS = re.compile(r"PT(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7}(?:\.\d{1,6})?)S)?")


def read_conditions(node: Given, term: Term, names: Names) -> None:
    """What the credential says of other things."""
    _workload(node, term)
    for condition in node.objects("ceterms:requires"):
        _required(condition, term, names)
    for condition in node.objects("ceterms:isPreparationFor"):
        _progression(condition, term, names)


def _required(condition: Given, term: Term, names: Names) -> None:
    say = condition.reading.say
    for at, iri in condition.refs("ceterms:targetCredential"):
        say(term, mc("requires"), names.named(iri), at)
    for at, text in condition.texts("ceterms:description"):
        say(term, mc("prerequisiteText"), text, at)
    for at, iri in condition.refs("ceterms:targetAssessment"):
        say(term, mc("hasAssessmentScheme"), names.named(iri), at)
    for at, iri in condition.refs("ceterms:targetLearningOpportunity"):
        found = names.node(iri)
        if names.named(iri) in names.folded and found:
            read_learning(found, term, names)
        else:
            say(term, mc("isIntegratedIn"), names.named(iri), at)
    _outcomes(condition, term, names)
    condition.drop("@type", "@id")
    condition.finish()


def _outcomes(condition: Given, term: Term, names: Names) -> None:
    """Competencies: those of the file by their names, others by what is said of them."""
    for at, value in condition.all("ceterms:targetCompetency"):
        if not isinstance(value, dict):
            if isinstance(value, str) and names.node(value):
                condition.reading.say(term, mc("hasOutcome"), names.named(value), at)
            else:
                condition.reading.lose(at, value)
            continue
        target = Given(value, at, condition.reading)
        iri = value.get("ceterms:targetNode")
        if isinstance(iri, str) and names.node(iri):
            condition.reading.say(term, mc("hasOutcome"), names.named(iri), at)
            target.drop("ceterms:targetNode", "ceterms:targetNodeName")
        else:
            _told(target, term)
        target.drop("@type", *(("ceterms:framework", "ceterms:frameworkName") if names.is_ours(term) else ()))
        target.finish()


def _told(target: Given, term: Term) -> None:
    """An outcome that is described where it is named; the competency of a framework that it stands for is its unit."""
    texts = list(target.texts("ceterms:targetNodeName"))
    outcome = target.reading.name(target.at)
    if texts:
        target.reading.say(term, mc("hasOutcome"), outcome, target.at)
        target.reading.say(outcome, TYPE, mc("LearningOutcome"), target.at)
    for at, text in texts:
        target.reading.say(outcome, LABEL, text, at)
    for at, iri in target.refs("ceterms:targetNode"):
        target.reading.say(outcome, mc("isTiedTo"), terms.iri(iri), at)


def _progression(condition: Given, term: Term, names: Names) -> None:
    progression = condition.reading.name(condition.at)
    say, found = condition.reading.say, list(condition.refs("ceterms:targetCredential"))
    if found:
        say(term, mc("hasProgression"), progression, condition.at)
        say(progression, TYPE, mc("Progression"), condition.at)
    for at, iri in found:
        say(progression, mc("leadsTo"), names.named(iri), at)
    if found:
        for at, text in condition.texts("ceterms:name"):
            say(progression, LABEL, text, at)
        _credits(condition, progression, {"credits": "creditValue"})
    condition.drop("@type", "@id")
    condition.finish()


def read_learning(node: Given, term: Term, names: Names) -> None:
    """How one takes part, and the credit; what is said of the credential already is not said again."""
    del names
    for delivery in node.objects("ceterms:deliveryType"):
        target = delivery.string("ceterms:targetNode")
        if found := back(PARTICIPATION, f"deliveryType:{target.rpartition(':')[2].rpartition('/')[2]}"):
            node.reading.say(term, mc("hasParticipationForm"), found, delivery.at)
        else:
            node.reading.lose(delivery.at, delivery.value)
    _credits(node, term, {"credits": "credits", "ectsCredits": "ectsCredits"})
    _workload(node, term)
    node.drop("ceterms:name", "ceterms:description", "ceterms:subjectWebpage", "ceterms:inLanguage", "ceterms:teaches")
    node.drop("ceterms:offeredBy", "ceterms:availabilityListing", "ceterms:lifeCycleStatusType")
    node.drop("@context", "@id", "@type", "ceterms:ctid", "ceterms:sameAs")


def _credits(node: Given, term: Term, properties: dict[str, str]) -> None:
    for value in node.objects("ceterms:creditValue"):
        told = " ".join(terms.lexical(text) for _, text in value.texts("schema:description"))
        name = properties.get("ectsCredits" if "ECTS" in told else "credits" if "SKS" in told else "")
        for at, number in value.numbers("schema:value"):
            if name:
                node.reading.say(term, mc(name), _decimal(Decimal(str(number))), at)
            else:
                node.reading.lose(at, number)
        value.drop("@type")
        value.finish()


def _workload(node: Given, term: Term) -> None:
    for profile in node.objects("ceterms:estimatedDuration"):
        for at, text in profile.strings("ceterms:timeRequired"):
            match = _HOURS.fullmatch(text)
            if match and any(match.groups()):
                hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
                total = hours + (minutes * 60 + seconds) / 3600
                node.reading.say(term, mc("workloadHours"), _decimal(total), at)
            else:
                node.reading.lose(at, text)
        profile.drop("@type")
        profile.finish()


def _decimal(number: Decimal) -> Term:
    text = f"{number.normalize():f}"
    return terms.literal(text if "." in text else f"{text}.0", datatype=XSD + "decimal")
