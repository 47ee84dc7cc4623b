"""Competencies and Academic Standards Exchange (CASE) 1.1: packages of competency standards and of learning outcomes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.carried import Carried, is_date, mc
from mcqms_kg.interop.case_read import read as read  # this file is the standard, both ways
from mcqms_kg.interop.case_words import ELEMENT, OUTCOME, OUTCOMES, PUBLISHER, TITLE, UNIT, identifier
from mcqms_kg.model import Term, Wanted, Written
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS

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
    for edition in carried.wished(graph.instances(mc("CompetencyStandardEdition"))):
        yield _of_edition(edition, carried)
    offered = [s for s in graph.all_subjects() if graph.objects(s, mc("hasOutcome")) and terms.is_iri(s)]
    for term in carried.wished(sorted(offered)):
        if any(graph.objects(o, _LABEL) for o in graph.objects(term, mc("hasOutcome"))):
            yield _of_outcomes(term, carried)


def _of_edition(edition: Term, carried: Carried) -> Node:
    carried.thing(edition, mc("CompetencyStandardEdition"))
    iri = terms.iri_text(edition)
    document = _document(iri, carried.text(edition, _LABEL) or iri, _publisher(edition, carried), carried)
    _put(document, "description", carried.text(edition, _DESCRIPTION) or _first(edition, _SOURCE, carried))
    _put(document, "version", carried.text(edition, _NOTATION))
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
    outcomes = [o for o in graph.objects(term, mc("hasOutcome")) if terms.is_iri(o) and graph.objects(o, _LABEL)]
    whole = terms.iri(terms.iri_text(term) + OUTCOMES)
    name = graph.name(term, carried.wanted.language)
    offered = next(iter(graph.objects(term, mc("isOfferedBy"))), None)
    by = graph.name(offered, carried.wanted.language) if offered else ""
    title = _OF_OUTCOMES[carried.wanted.language].format(name)
    document = _document(terms.iri_text(whole), title, by or name, carried)
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
            link["destinationNodeURI"]["title"] = document["title"]
    return {"CFDocument": document, "CFItems": items, "CFAssociations": links}


def _document(iri: str, title: str, creator: str, carried: Carried) -> Node:
    return {
        "identifier": identifier(iri),
        "uri": iri,
        "caseVersion": "1.1",
        "creator": creator,
        "title": title,
        "lastChangeDateTime": _changed(terms.iri(iri), carried),
        "language": carried.wanted.language,
    }


def _item(term: Term, type_: str, carried: Carried) -> Node:
    carried.thing(term, mc({UNIT: "CompetencyUnit", ELEMENT: "CompetencyElement", OUTCOME: "LearningOutcome"}[type_]))
    node: Node = {"identifier": identifier(terms.iri_text(term)), "uri": terms.iri_text(term), "CFItemType": type_}
    node["fullStatement"] = carried.text(term, _LABEL) or carried.text(term, _DESCRIPTION) or terms.local_name(term)
    _put(node, "humanCodingScheme", carried.text(term, _NOTATION))
    node["language"] = carried.wanted.language
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


def _publisher(edition: Term, carried: Carried) -> str:
    """Who set the standard: as it says, else the standard that it is an edition of, else where it comes from."""
    stated = carried.text(edition, PUBLISHER)
    publisher = carried.graph.value(edition, PUBLISHER)
    if not stated and publisher:
        stated = carried.graph.name(publisher, carried.wanted.language)
    standard = carried.graph.value(edition, mc("isEditionOf"))
    named = carried.graph.name(standard, carried.wanted.language) if standard else ""
    return stated or named or _first(edition, _SOURCE, carried) or carried.graph.name(edition)


def _first(term: Term, predicate: Term, carried: Carried) -> str:
    """A text that is written where another belongs, and so does not come back as what it is."""
    texts = carried.graph.texts(term, predicate)
    return texts.get(carried.wanted.language) or texts.get("en") or next(iter(texts.values()), "")


def _changed(term: Term, carried: Carried) -> str:
    """When it was last changed, if that is known to the day; else the day of the export."""
    stated = (terms.lexical(o) for o in carried.graph.objects(term, _MODIFIED))
    day = next((text[:10] for text in stated if is_date(text[:10])), carried.wanted.as_of.isoformat())
    return f"{day}T00:00:00Z"


def _put(node: Node, key: str, value: str) -> None:
    if value:
        node[key] = value


def _file(package: Node, of: int) -> str:
    return "case.json" if of == 1 else f"case-{package['CFDocument']['identifier']}.json"


def _bytes(package: Node) -> bytes:
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
