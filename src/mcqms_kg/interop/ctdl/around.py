"""Assessments and learning of CTDL. Our own exports say of them again what the credential says; what others say there is told as lost."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.interop.ctdl.conditions import read_learning
from mcqms_kg.interop.ctdl.names import Names
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL
from mcqms_kg.interop.ctdl.terms import METHODS, back
from mcqms_kg.interop.ctdl.told import described, languages, say_texts
from mcqms_kg.interop.json_object import Given
from mcqms_kg.interop.json_read import Json
from mcqms_kg.model import Term

_PAGES = ("ceterms:subjectWebpage", "ceterms:availabilityListing")
_BODIES = ("ceterms:offeredBy", "ceterms:ownedBy")


def read_assessment(node: Given, term: Term, names: Names) -> None:
    """How something is assessed."""
    criteria = list(node.texts("ceterms:scoringMethodDescription"))
    for at, text in criteria:
        node.reading.say(term, mc("assessmentCriteria"), text, at)
    say_texts(node, term, ceterms_name=LABEL)
    for at, text in node.texts("ceterms:description"):
        if text not in {known for _, known in criteria}:
            node.reading.say(term, DESCRIPTION, text, at)
    languages(node, term, "ceterms:inLanguage")
    for method in node.objects("ceterms:assessmentMethodType"):
        target = method.string("ceterms:targetNode")
        if found := back(METHODS, f"assessMethod:{target.rpartition(':')[2].rpartition('/')[2]}"):
            node.reading.say(term, mc("hasAssessmentMethod"), found, method.at)
        else:
            node.reading.lose(method.at, method.value)
    for at, value in node.all("ceterms:isProctored"):
        if value is False:
            node.reading.say(term, mc("hasSupervision"), code("supervision-unsupervised"), at)
        else:
            node.reading.lose(at, value)
    assessed = sorted(names.assessed.get(term, ()))
    for at, iri in list(node.refs("ceterms:offeredBy")):
        certifies = assessed if names.certifies(iri) else []
        for credential in certifies:
            node.reading.say(credential, mc("isCertifiedBy"), names.named(iri), at)
        if not certifies and iri not in _of(assessed, _BODIES, names):
            node.reading.lose(at, iri)
    _again(node, _PAGES, _of(assessed, _PAGES, names))
    _competencies(node, "ceterms:assesses", names)
    _state(node, any(map(names.is_ours, assessed)))


def read_course(node: Given, term: Term, names: Names) -> None:
    """Learning that no credential here names: a course or a programme of its own."""
    described(node, term)
    for at, iri in (*node.refs("ceterms:offeredBy"), *node.refs("ceterms:ownedBy")):
        node.reading.say(term, mc("belongsTo"), names.named(iri), at)
    languages(node, term, "ceterms:inLanguage")
    _again(node, _PAGES[1:], {iri for _, iri in node.refs(_PAGES[0])})
    _competencies(node, "ceterms:teaches", names)
    _state(node, names.is_ours(term))
    read_learning(node, term, names)


def _of(credentials: Iterable[Term], keys: Iterable[str], names: Names) -> set[str]:
    """What these credentials say under these keys."""
    found = [node for credential in credentials if (node := names.about(credential))]
    return {value for node in found for key in keys for _, value in node.all(key) if isinstance(value, str)}


def _again(node: Given, keys: Iterable[str], said: set[str]) -> None:
    """What is said elsewhere already follows from there; the rest is lost."""
    for key in keys:
        for at, value in node.all(key):
            if not isinstance(value, str) or value not in said:
                node.reading.lose(at, value)


def _competencies(node: Given, key: str, names: Names) -> None:
    """Competencies that are outcomes of a credential in the file are said there; others have no place here."""
    for at, value in node.all(key):
        meant: Json = value.get("ceterms:targetNode") if isinstance(value, dict) else value
        if not isinstance(meant, str) or names.named(meant) not in names.outcomes:
            node.reading.lose(at, value)


def _state(node: Given, is_ours: bool) -> None:
    """That something is active says nothing more; of our own exports the dates of the credential say it."""
    for at, value in node.all("ceterms:lifeCycleStatusType"):
        target = value.get("ceterms:targetNode") if isinstance(value, dict) else value
        if not is_ours and not str(target).endswith((":Active", "/Active")):
            node.reading.lose(at, value)
