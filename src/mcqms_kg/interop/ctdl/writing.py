"""Credential Transparency Description Language: JSON-LD graphs as the Credential Registry takes and publishes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried
from mcqms_kg.interop.ctdl.agreements import agreement
from mcqms_kg.interop.ctdl.competencies import framework_of_edition, framework_of_outcomes
from mcqms_kg.interop.ctdl.credentials import assessment, credential, learning, schemes_of
from mcqms_kg.interop.ctdl.organisations import organisation, organisations_of
from mcqms_kg.interop.ctdl.pathways import pathways
from mcqms_kg.interop.ctdl.terms import CONTEXT, RESOURCES, TITLE, resource
from mcqms_kg.model import Wanted, Written

Node = dict[str, Any]


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """One graph: credentials that are offered, with what they rest on, and competency standards and agreements of the data."""
    carried = Carried(graph, wanted, TITLE)
    nodes: dict[str, Node] = {}
    for node in _nodes(carried):
        known = nodes.setdefault(node["@id"], node)
        for key in ("ceasn:isPartOf", "ceasn:isTopChildOf"):  # a unit may stand in several editions
            if key in node:
                known[key] = list(dict.fromkeys((*known.get(key, ()), *node[key])))
    if not nodes:
        raise EmptyInput(
            "The data holds nothing that CTDL can carry",
            remedy="Give a credential with who offers it, a competency standard, or a recognition agreement.",
        )
    named = _names(graph)
    whole = {"@context": CONTEXT, "@graph": [_referring(node, nodes, named) for node in nodes.values()]}
    content = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return Written({"ctdl.json": content.encode()}, carried.losses())


def _nodes(carried: Carried) -> Iterator[Node]:
    graph = carried.graph
    offered = {s for s in graph.all_subjects() if graph.objects(s, mc("isOfferedBy"))}
    for term in carried.wished(sorted({*graph.instances(mc("MicroCredential")), *offered})):
        yield credential(term, carried)
        yield from (assessment(scheme, term, carried) for scheme in schemes_of(term, graph))
        yield learning(term, carried)
        yield from framework_of_outcomes(term, carried)
        yield from pathways(term, carried)
        yield from (organisation(body, carried) for body in organisations_of(term, graph))
    for edition in carried.editions():
        yield from framework_of_edition(edition, carried)
    for term in carried.wished(graph.instances(mc("RecognitionAgreement"))):
        yield from agreement(term, carried)


def _names(graph: GraphIndex) -> Callable[[str], str]:
    """The IRI behind an address of the registry that was made here; the table is made when first needed."""

    @cache
    def table() -> Mapping[str, str]:
        met = {o for s in graph.all_subjects() for _, o in graph.out(s)} | set(graph.all_subjects())
        return {resource(text): text for text in map(terms.iri_text, filter(terms.is_iri, met))}

    return lambda address: table().get(address, address)


def _referring(value: Any, nodes: Mapping[str, Node], named: Callable[[str], str]) -> Any:
    """What is not in the file is referred to by its own IRI: nobody publishes it under an address that was made here."""
    if isinstance(value, dict):
        return {key: _referring(inner, nodes, named) for key, inner in value.items()}
    if isinstance(value, list):
        return [_referring(inner, nodes, named) for inner in value]
    if isinstance(value, str) and value.startswith(RESOURCES) and value not in nodes:
        return named(value)
    return value
