"""Competency frameworks in CTDL: the outcomes of a credential, and the units of a competency standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried
from mcqms_kg.interop.ctdl.credentials import outcomes_of
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL, NOTATION, languages, put
from mcqms_kg.interop.ctdl.terms import ctid_of, resource
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import DCTERMS

Node = dict[str, Any]
OUTCOMES = "#outcomes"
"""What is added to the IRI of a credential for the framework of its outcomes."""
PUBLISHER, SOURCE = terms.iri(DCTERMS + "publisher"), terms.iri(DCTERMS + "source")
_NAMED = {"en": "Learning outcomes: {}", "id": "Capaian pembelajaran: {}"}


def framework_of_outcomes(term: Term, carried: Carried) -> Iterator[Node]:
    """A framework with an outcome as a competency each."""
    outcomes = outcomes_of(term, carried.graph)
    if not outcomes:
        return
    iri = terms.iri_text(term) + OUTCOMES
    names = {tag: _NAMED.get(tag, _NAMED["en"]).format(text) for tag, text in carried.texts(term, LABEL).items()}
    owners = [resource(terms.iri_text(o)) for o in carried.graph.objects(term, mc("isOfferedBy")) if terms.is_iri(o)]
    node = _framework(iri, names, dict(carried.texts(term, DESCRIPTION)) or names, languages(term, carried))
    put(node, "ceasn:publisher", owners)
    put(node, "ceasn:hasTopChild", [resource(terms.iri_text(o)) for o in outcomes])
    yield node
    yield from (_outcome(outcome, resource(iri), carried) for outcome in outcomes)


def _outcome(term: Term, framework: str, carried: Carried) -> Node:
    carried.thing(term, mc("LearningOutcome"))
    node = _competency(term, framework, carried)
    put(node, "ceasn:alignTo", [terms.iri_text(unit) for unit in carried.values(term, mc("isTiedTo"))])
    return node


def framework_of_edition(edition: Term, carried: Carried) -> Iterator[Node]:
    """A standard's edition with its units."""
    units = [unit for unit in carried.graph.subjects(mc("isDefinedIn"), edition) if terms.is_iri(unit)]
    carried.thing(edition, mc("CompetencyStandardEdition"))
    iri = terms.iri_text(edition)
    names = dict(carried.texts(edition, LABEL))
    told = dict(carried.texts(edition, DESCRIPTION)) or names
    node = _framework(iri, names, told, languages(edition, carried))
    node["ceasn:identifier"] = [iri]
    put(node, "ceasn:codedNotation", carried.plain(edition, NOTATION))
    _put_publisher(node, edition, carried)
    put(node, "ceasn:hasTopChild", [resource(terms.iri_text(unit)) for unit in units])
    yield node
    for unit in units:
        carried.thing(unit, mc("CompetencyUnit"))
        carried.take(unit, mc("isDefinedIn"), edition)
        yield _competency(unit, resource(iri), carried)


def _framework(iri: str, names: Texts, told: Texts, tongues: list[str]) -> Node:
    node: Node = {"@type": "ceasn:CompetencyFramework", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    put(node, "ceasn:name", dict(names))
    put(node, "ceasn:description", dict(told))
    put(node, "ceasn:inLanguage", tongues)
    return node


def _competency(term: Term, framework: str, carried: Carried) -> Node:
    iri = terms.iri_text(term)
    node: Node = {"@type": "ceasn:Competency", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    node["ceasn:identifier"] = [iri]
    put(node, "ceasn:competencyText", dict(carried.texts(term, LABEL)))
    put(node, "ceasn:codedNotation", carried.plain(term, NOTATION))
    node["ceasn:isPartOf"] = [framework]
    node["ceasn:isTopChildOf"] = [framework]
    return node


def _put_publisher(node: Node, edition: Term, carried: Carried) -> None:
    publisher = carried.graph.value(edition, PUBLISHER)
    if publisher and terms.is_iri(publisher):
        carried.take(edition, PUBLISHER, publisher)
        node["ceasn:publisher"] = [terms.iri_text(publisher)]
        names = carried.graph.texts(publisher, LABEL)
        put(node, "ceasn:publisherName", dict(names))
    else:
        named = dict(carried.texts(edition, PUBLISHER)) or dict(carried.graph.texts(edition, SOURCE))
        put(node, "ceasn:publisherName", {tag or carried.wanted.language: text for tag, text in named.items()})
