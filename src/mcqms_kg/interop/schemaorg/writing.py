"""schema.org: credentials, the courses that lead to them, organisations and occupations as JSON-LD that search engines read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried, decimal, is_plain
from mcqms_kg.interop.countries import name_of_country
from mcqms_kg.interop.ctdl.parts import LANGUAGE, duration
from mcqms_kg.interop.schemaorg.words import CATEGORIES, CONTEXT, COURSE, MODES, TITLE
from mcqms_kg.model import Term, Wanted, Written
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS

Node = dict[str, Any]
_LABEL, _NOTATION = terms.iri(RDFS + "label"), terms.iri(SKOS + "notation")
_DESCRIPTION = terms.iri(DCTERMS + "description")


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """One graph: credentials that are offered, each with its course, who offers them, and job titles of the data."""
    carried = Carried(graph, wanted, TITLE)
    nodes: dict[str, Node] = {}
    for node in _nodes(carried):
        nodes.setdefault(node["@id"], node)
    if not nodes:
        raise EmptyInput(
            "The data holds nothing that schema.org can carry",
            remedy="Give a credential with who offers it, or a job title.",
        )
    whole = {"@context": [CONTEXT, {"@language": wanted.language}], "@graph": list(nodes.values())}
    content = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return Written({"schemaorg.jsonld": content.encode()}, carried.losses())


def _nodes(carried: Carried) -> Iterator[Node]:
    graph = carried.graph
    offered = {s for s in graph.all_subjects() if graph.objects(s, mc("isOfferedBy"))}
    found = sorted({*graph.instances(mc("MicroCredential")), *offered})
    for term in carried.wished(term for term in found if terms.is_iri(term)):
        yield _credential(term, carried)
        yield _course(term, carried)
        for body in graph.objects(term, mc("isOfferedBy")):
            if terms.is_iri(body) and body in graph:
                yield _organisation(body, carried)
    for term in carried.wished(graph.instances(mc("JobTitle"))):
        yield _occupation(term, carried)


def _credential(term: Term, carried: Carried) -> Node:
    kind = next((name for name in CATEGORIES if mc(name) in carried.graph.types(term)), "MicroCredential")
    carried.thing(term, mc(kind))
    node = _described(term, "EducationalOccupationalCredential", carried)
    node["credentialCategory"] = CATEGORIES[kind]
    _put(node, "inLanguage", _languages(term, carried))
    _put(node, "educationalLevel", [_level(level, carried) for level in carried.values(term, mc("hasLevel"))])
    outcomes = [o for o in carried.graph.objects(term, mc("hasOutcome")) if carried.graph.objects(o, _LABEL)]
    _put(node, "competencyRequired", [_outcome(o, carried) for o in outcomes if terms.is_iri(o)])
    carried.take(term, mc("hasOutcome"), *filter(terms.is_iri, outcomes))
    months = carried.number(term, mc("validityMonths"), whole=True)
    if months is not None:
        node["validFor"] = f"P{months}M"
    return node


def _course(term: Term, carried: Carried) -> Node:
    """The course is one thing with the credential here."""
    whole = _described(term, "Course", carried)
    node = {**whole, "@id": terms.iri_text(term) + COURSE}
    providers = carried.values(term, mc("isOfferedBy"))
    _put(node, "provider", [{"@id": terms.iri_text(o)} for o in providers])
    _put(node, "inLanguage", _languages(term, carried))
    node["educationalCredentialAwarded"] = {"@id": terms.iri_text(term)}
    _put(node, "numberOfCredits", carried.number(term, mc("credits")))
    texts = [_text(term, mc("prerequisiteText"), carried)]
    before = [{"@id": terms.iri_text(o) + COURSE} for o in carried.values(term, mc("requires"))]
    _put(node, "coursePrerequisites", [*filter(None, texts), *before])
    instance: Node = {"@type": "CourseInstance"}
    forms = [o for o in carried.graph.objects(term, mc("hasParticipationForm")) if o in MODES]
    carried.take(term, mc("hasParticipationForm"), *forms)
    _put(instance, "courseMode", [MODES[o] for o in forms])
    _put(instance, "courseWorkload", _workload(term, carried))
    _put(instance, "startDate", carried.date(term, mc("firstOfferDate")))
    _put(instance, "endDate", carried.date(term, mc("withdrawalDate")))
    if len(instance) > 1:
        node["hasCourseInstance"] = [instance]
    return node


def _languages(term: Term, carried: Carried) -> list[str]:
    """Those that are stated."""
    found = [o for o in carried.graph.objects(term, LANGUAGE) if is_plain(o)]
    carried.take(term, LANGUAGE, *found)
    return [terms.lexical(o) for o in found]


def _workload(term: Term, carried: Carried) -> str:
    for value in carried.graph.objects(term, mc("workloadHours")):
        hours = decimal(value)
        if hours is not None and 0 < hours < 1_000_000 and hours * 3600 * 1000 == int(hours * 3600 * 1000):
            carried.take(term, mc("workloadHours"), value)
            return duration(hours)
    return ""


def _organisation(term: Term, carried: Carried) -> Node:
    carried.thing(term, *(mc(name) for name in ("Provider",) if mc(name) in carried.graph.types(term)))
    node = _described(term, "EducationalOrganization", carried)
    for value in carried.graph.objects(term, mc("country")):
        if name_of_country(terms.lexical(value)) and value == terms.literal(terms.lexical(value)):
            carried.take(term, mc("country"), value)
            node["address"] = {"@type": "PostalAddress", "addressCountry": terms.lexical(value)}
            break
    return node


def _occupation(term: Term, carried: Carried) -> Node:
    carried.thing(term, mc("JobTitle"))
    node = _described(term, "Occupation", carried)
    units = carried.values(term, mc("requiresUnit"))
    _put(node, "skills", [_defined(unit, carried.graph.value(unit, mc("isDefinedIn")), carried) for unit in units])
    groups = carried.values(term, mc("hasIscoGroup"))
    _put(node, "occupationalCategory", [_defined(group, None, carried) for group in groups])
    return node


def _described(term: Term, kind: str, carried: Carried) -> Node:
    node: Node = {"@type": kind, "@id": terms.iri_text(term)}
    _put(node, "name", _text(term, _LABEL, carried))
    _put(node, "description", _text(term, _DESCRIPTION, carried))
    _put(node, "url", carried.address(term, mc("publicPage")))
    return node


def _outcome(term: Term, carried: Carried) -> Node:
    carried.thing(term, mc("LearningOutcome"))
    return {"@type": "DefinedTerm", "@id": terms.iri_text(term), "name": _text(term, _LABEL, carried)}


def _level(term: Term, carried: Carried) -> Node:
    return _defined(term, carried.graph.value(term, mc("isLevelOf")), carried)


def _defined(term: Term, inside: Term | None, carried: Carried) -> Node:
    """A thing of some framework or code list."""
    node: Node = {"@type": "DefinedTerm", "@id": terms.iri_text(term)}
    node["name"] = carried.graph.name(term, carried.wanted.language)
    notation = carried.graph.value(term, _NOTATION)
    _put(node, "termCode", terms.lexical(notation) if notation else "")
    if inside and terms.is_iri(inside):
        node["inDefinedTermSet"] = terms.iri_text(inside)
    return node


def _text(term: Term, predicate: Term, carried: Carried) -> Any:
    """A text; it says its language where that is another than the file's."""
    tongue = carried.language_of(term, predicate)
    text = carried.text(term, predicate, tongue)
    return text if not text or tongue == carried.wanted.language else {"@language": tongue, "@value": text}


def _put(node: Node, key: str, value: Any) -> None:
    if value:
        node[key] = value
