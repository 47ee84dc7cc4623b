"""Competencies and Academic Standards Exchange (CASE) 1.1: packages of competency standards and of learning outcomes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex, in_language
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried, is_date, is_moment
from mcqms_kg.interop.case.words import ELEMENT, OUTCOME, OUTCOMES, PUBLISHER, TITLE, UNIT, identifier
from mcqms_kg.model import Term, Wanted, Written
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS, XSD

Node = dict[str, Any]
_LABEL, _NOTATION = terms.iri(RDFS + "label"), terms.iri(SKOS + "notation")
_DESCRIPTION, _SOURCE = terms.iri(DCTERMS + "description"), terms.iri(DCTERMS + "source")
_MODIFIED = terms.iri(DCTERMS + "modified")
_OF_OUTCOMES = {"en": "Learning outcomes: {}", "id": "Capaian pembelajaran: {}"}


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """A package for each competency standard of the data, and for the outcomes of each micro-credential."""
    carried = Carried(graph, wanted, TITLE)
    packages = list(_packages(carried))
    if not packages:
        raise EmptyInput(
            "The data holds nothing that CASE can carry",
            remedy="Give an edition of a competency standard, or a micro-credential with learning outcomes.",
        )
    files = {_file(package, len(packages)): _bytes(package) for package in packages}
    return Written(files, carried.losses())


def _packages(carried: Carried) -> Iterator[Node]:
    graph = carried.graph
    for edition in carried.editions():
        yield _of_edition(edition, carried)
    offered = [s for s in graph.all_subjects() if graph.objects(s, mc("hasOutcome")) and terms.is_iri(s)]
    for term in carried.wished(sorted(offered)):
        if any(map(terms.is_iri, graph.objects(term, mc("hasOutcome")))):
            yield _of_outcomes(term, carried)


def _of_edition(edition: Term, carried: Carried) -> Node:
    carried.thing(edition, mc("CompetencyStandardEdition"))
    iri = terms.iri_text(edition)
    tongue = carried.language_of(edition, _LABEL)
    title = carried.text(edition, _LABEL, tongue)
    document = _document(iri, title, _publisher(edition, tongue, carried), carried)
    document["language"] = tongue
    told = carried.text(edition, _DESCRIPTION, tongue)
    _put(document, "description", told or _first(edition, _SOURCE, carried))
    _put(document, "version", carried.plain(edition, _NOTATION))
    units = [unit for unit in carried.graph.subjects(mc("isDefinedIn"), edition) if terms.is_iri(unit)]
    parts = [(element, unit) for unit in units for element in carried.graph.subjects(mc("isElementOf"), unit)]
    inside = [(unit, edition, UNIT) for unit in units] + [(part, unit, ELEMENT) for part, unit in parts]
    for unit in units:
        carried.take(unit, mc("isDefinedIn"), edition)
    for part, unit in parts:
        carried.take(part, mc("isElementOf"), unit)
    return _package(document, [(i, w, t) for i, w, t in inside if terms.is_iri(i)], carried)


def _of_outcomes(term: Term, carried: Carried) -> Node:
    graph = carried.graph
    outcomes = [o for o in graph.objects(term, mc("hasOutcome")) if terms.is_iri(o)]
    whole = terms.iri(terms.iri_text(term) + OUTCOMES)
    tongue = carried.wanted.language
    name = in_language(graph.texts(term, _LABEL), tongue)
    by = next(
        filter(None, (in_language(graph.texts(o, _LABEL), tongue) for o in graph.objects(term, mc("isOfferedBy")))), ""
    )
    title = _OF_OUTCOMES[tongue].format(name) if name else ""
    document = _document(terms.iri_text(whole), title, by, carried)
    document["frameworkType"] = OUTCOME
    package = _package(document, [(outcome, whole, OUTCOME) for outcome in outcomes], carried)
    for outcome in outcomes:
        for unit in carried.values(outcome, mc("isTiedTo")):
            package["CFAssociations"].append(_association("isRelatedTo", outcome, unit, carried))
    return package


def _package(document: Node, inside: list[tuple[Term, Term, str]], carried: Carried) -> Node:
    items = [_item(item, type_, carried) for item, _, type_ in inside]
    links = [
        {**_association("isChildOf", item, whole, carried), "sequenceNumber": n}
        for n, (item, whole, _) in enumerate(inside, start=1)
    ]
    for link in links:
        if link["destinationNodeURI"]["identifier"] == document["identifier"]:
            link["destinationNodeURI"]["title"] = document.get("title", document["uri"])
    return {"CFDocument": document, "CFItems": items, "CFAssociations": links}


def _document(iri: str, title: str, creator: str, carried: Carried) -> Node:
    node: Node = {"identifier": identifier(iri), "uri": iri, "caseVersion": "1.1"}
    _put(node, "creator", creator)
    _put(node, "title", title)
    node["lastChangeDateTime"] = _changed(terms.iri(iri), carried)
    node["language"] = carried.wanted.language
    return node


def _item(term: Term, type_: str, carried: Carried) -> Node:
    carried.thing(term, mc({UNIT: "CompetencyUnit", ELEMENT: "CompetencyElement", OUTCOME: "LearningOutcome"}[type_]))
    node: Node = {"identifier": identifier(terms.iri_text(term)), "uri": terms.iri_text(term), "CFItemType": type_}
    tongue = carried.language_of(term, _LABEL)
    told = carried.graph.texts(term, _DESCRIPTION)
    _put(node, "fullStatement", carried.text(term, _LABEL, tongue) or in_language(told, tongue))
    _put(node, "humanCodingScheme", carried.plain(term, _NOTATION))
    node["language"] = tongue
    node["lastChangeDateTime"] = _changed(term, carried)
    return node


def _association(type_: str, origin: Term, destination: Term, carried: Carried) -> Node:
    iri = f"{terms.iri_text(origin)}#{type_}/{terms.iri_text(destination)}"
    return {
        "identifier": identifier(iri),
        "associationType": type_,
        "uri": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, iri)}",
        "originNodeURI": _link(origin, carried),
        "destinationNodeURI": _link(destination, carried),
        "lastChangeDateTime": _changed(origin, carried),
    }


def _link(term: Term, carried: Carried) -> Node:
    iri = terms.iri_text(term)
    return {"title": carried.graph.name(term, carried.wanted.language), "identifier": identifier(iri), "uri": iri}


def _publisher(edition: Term, tongue: str, carried: Carried) -> str:
    """Who set the standard: as it says, else the standard that it is an edition of, else where it comes from."""
    stated = carried.text(edition, PUBLISHER, tongue)
    publisher = carried.graph.value(edition, PUBLISHER)
    if not stated and publisher:
        stated = in_language(carried.graph.texts(publisher, _LABEL), tongue) or terms.lexical(publisher)
    standard = carried.graph.value(edition, mc("isEditionOf"))
    named = in_language(carried.graph.texts(standard, _LABEL), tongue) if standard else ""
    return stated or named or _first(edition, _SOURCE, carried)


def _first(term: Term, predicate: Term, carried: Carried) -> str:
    """A text that is written where another belongs, and so does not come back as what it is."""
    texts = carried.graph.texts(term, predicate)
    return texts.get(carried.wanted.language) or texts.get("en") or next(iter(texts.values()), "")


def _changed(term: Term, carried: Carried) -> str:
    """When it was last changed: to the moment or the day, as it is known; else the day of the export."""
    stated = carried.graph.objects(term, _MODIFIED)
    for value in stated:
        if terms.datatype(value) == XSD + "dateTime" and is_moment(terms.lexical(value)):
            carried.take(term, _MODIFIED, value)
            return terms.lexical(value)
    known = (terms.lexical(value)[:10] for value in stated)
    day = next(filter(is_date, known), carried.wanted.as_of.isoformat())
    return f"{day}T00:00:00Z"


def _put(node: Node, key: str, value: str) -> None:
    if value:
        node[key] = value


def _file(package: Node, of: int) -> str:
    return "case.json" if of == 1 else f"case-{package['CFDocument']['identifier']}.json"


def _bytes(package: Node) -> bytes:
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
