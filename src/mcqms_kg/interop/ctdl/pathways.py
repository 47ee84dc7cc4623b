"""Stacking rules in CTDL: a pathway with a component for each credential and a condition for each rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried, decimal
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL, coded, put
from mcqms_kg.interop.ctdl.terms import ctid_of, resource
from mcqms_kg.model import Term

Node = dict[str, Any]
_PART = {
    "en": "This rule is written as a pathway, which says how many of which credentials are needed and not the rest of it.",
    "id": "Aturan ini ditulis sebagai jalur, yang menyebut banyaknya kredensial dan bukan selebihnya.",
}

_NOT_SAID = {
    "en": "CTDL cannot say this rule: an option of it is neither a credential nor a competency, or another rule is written.",
    "id": "CTDL tidak dapat menyatakan aturan ini: salah satu pilihannya bukan kredensial atau kompetensi, atau aturan lain yang ditulis.",
}
_NO_COMPONENT = frozenset(mc(name) for name in ("SkillSet", "QualificationLevel", "Skill"))
_DEEPEST = 10


def pathways(term: Term, carried: Carried) -> Iterator[Node]:
    """The pathways to what the credential leads to, where rules say how; one for each target."""
    graph = carried.graph
    leads = [t for p in graph.objects(term, mc("hasProgression")) for t in graph.objects(p, mc("leadsTo"))]
    for target in dict.fromkeys(leads):
        rules = graph.objects(target, mc("isStackedBy"))
        if terms.is_iri(target) and rules and graph.objects(target, LABEL):
            written = next((rule for rule in rules if _can_be_said(rule, graph, ())), None)
            if written:
                yield from _pathway(target, written, term, carried)
            for rule in rules:
                carried.lose(rule, _PART if rule == written else _NOT_SAID)


def _can_be_said(rule: Term, graph: GraphIndex, above: tuple[Term, ...]) -> bool:
    """Whether all that may count is a credential, a unit or a rule of such: without one of its options a rule would ask for more."""
    options = graph.objects(rule, mc("hasOption"))
    return (
        rule not in above
        and len(above) < _DEEPEST
        and bool(options)
        and all(
            _can_be_said(option, graph, (*above, rule))
            if mc("StackingRule") in graph.types(option)
            else terms.is_iri(option) and not set(graph.types(option)) & _NO_COMPONENT
            for option in options
        )
    )


def _pathway(target: Term, rule: Term, term: Term, carried: Carried) -> Iterator[Node]:
    iri = f"{terms.iri_text(target)}#pathway"
    parts: dict[Term, Node] = {}
    condition = _condition(rule, iri, parts, carried)
    last = _component(target, iri, carried)
    last["ceterms:hasCondition"] = [condition]
    yield _whole(target, iri, term, [part["@id"] for part in (*parts.values(), last)], carried)
    yield from parts.values()
    yield last


def _condition(rule: Term, pathway: str, parts: dict[Term, Node], carried: Carried) -> Node:
    """The rule, with the rules inside of it; `parts` takes up the components that it names."""
    graph = carried.graph
    node: Node = {"@type": "ceterms:ComponentCondition"}
    if terms.is_iri(rule):
        node["@id"] = terms.iri_text(rule)
    put(node, "ceterms:name", dict(graph.texts(rule, LABEL)))
    count = next((decimal(o) for o in graph.objects(rule, mc("minimumCount"))), None)
    if count and count == int(count):
        node["ceterms:requiredNumber"] = int(count)
    options = graph.objects(rule, mc("hasOption"))
    inner = [option for option in options if mc("StackingRule") in graph.types(option)]
    for option in options:
        if option not in inner and option not in parts:
            parts[option] = _component(option, pathway, carried)
    put(node, "ceterms:targetComponent", [parts[option]["@id"] for option in options if option not in inner])
    put(node, "ceterms:hasCondition", [_condition(one, pathway, parts, carried) for one in inner])
    return node


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
    kind = "Competency" if mc("CompetencyUnit") in carried.graph.types(term) else "Credential"
    node: Node = {"@type": f"ceterms:{kind}Component", "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    put(node, "ceterms:name", dict(carried.graph.texts(term, LABEL)))
    node["ceterms:isPartOf"] = [resource(pathway)]
    node["ceterms:proxyFor"] = [resource(terms.iri_text(term))]
    return node
