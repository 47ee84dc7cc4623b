"""Stacking rules in CTDL: a pathway with a component for each credential and a condition for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.interop.carried import Carried, decimal, mc
from mcqms_kg.interop.ctdl_parts import DESCRIPTION, LABEL, coded, put
from mcqms_kg.interop.ctdl_terms import ctid_of, resource
from mcqms_kg.model import Term

Node = dict[str, Any]
_PART = {
    "en": "This rule is written as a pathway, which says how many credentials are needed and not the rest of it; it does not come back.",
    "id": "Aturan ini ditulis sebagai jalur, yang menyebut banyaknya kredensial dan bukan selebihnya; jalur tidak terbaca kembali.",
}


def pathways(term: Term, carried: Carried) -> Iterator[Node]:
    """The pathways to what the credential leads to, where rules say how; one for each target."""
    graph = carried.graph
    leads = [t for p in graph.objects(term, mc("hasProgression")) for t in graph.objects(p, mc("leadsTo"))]
    for target in dict.fromkeys(leads):
        rules = graph.objects(target, mc("isStackedBy"))
        if terms.is_iri(target) and rules and graph.objects(target, LABEL):
            yield from _pathway(target, rules[0], term, carried)
            for rule in rules:
                carried.lose(rule, _PART)


def _pathway(target: Term, rule: Term, term: Term, carried: Carried) -> Iterator[Node]:
    graph = carried.graph
    iri = f"{terms.iri_text(target)}#pathway"
    options = [
        o for o in graph.objects(rule, mc("hasOption")) if terms.is_iri(o) and mc("StackingRule") not in graph.types(o)
    ]
    parts = [_component(option, iri, carried) for option in options]
    last = _component(target, iri, carried)
    condition: Node = {"@type": "ceterms:ComponentCondition"}
    put(condition, "ceterms:name", dict(graph.texts(rule, LABEL)))
    count = next((decimal(o) for o in graph.objects(rule, mc("minimumCount"))), None)
    if count and count == int(count):
        condition["ceterms:requiredNumber"] = int(count)
    put(condition, "ceterms:targetComponent", [part["@id"] for part in parts])
    last["ceterms:hasCondition"] = [condition]
    yield _whole(target, iri, term, [part["@id"] for part in (*parts, last)], carried)
    yield from parts
    yield last


def _whole(target: Term, iri: str, term: Term, parts: list[str], carried: Carried) -> Node:
    graph = carried.graph
    node: Node = {"@type": "ceterms:Pathway", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    names = dict(graph.texts(target, LABEL))
    node["ceterms:name"] = names
    node["ceterms:description"] = dict(graph.texts(target, DESCRIPTION)) or names
    owners = [resource(terms.iri_text(o)) for o in graph.objects(term, mc("isOfferedBy")) if terms.is_iri(o)]
    put(node, "ceterms:offeredBy", owners)
    pages = carried.address(target, mc("publicPage")) or carried.address(term, mc("publicPage"))
    put(node, "ceterms:subjectWebpage", pages)
    node["ceterms:lifeCycleStatusType"] = coded("lifeCycle:Active")
    node["ceterms:hasDestinationComponent"] = [parts[-1]]
    node["ceterms:hasPart"] = parts
    return node


def _component(term: Term, pathway: str, carried: Carried) -> Node:
    iri = f"{pathway}/{terms.iri_text(term)}"
    node: Node = {"@type": "ceterms:CredentialComponent", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    put(node, "ceterms:name", dict(carried.graph.texts(term, LABEL)))
    node["ceterms:isPartOf"] = [resource(pathway)]
    node["ceterms:proxyFor"] = [resource(terms.iri_text(term))]
    return node
