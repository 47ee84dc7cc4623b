"""Parts of a CTDL description that many of its things have."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried, is_plain
from mcqms_kg.interop.ctdl.terms import CODES, ctid_of, resource
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS

Node = dict[str, Any]
LABEL, DESCRIPTION = terms.iri(RDFS + "label"), terms.iri(DCTERMS + "description")
LANGUAGE, NOTATION = terms.iri(DCTERMS + "language"), terms.iri(SKOS + "notation")


def described(term: Term, kind: str, carried: Carried) -> Node:
    """The beginning of every resource: what it is, its names and its texts."""
    iri = terms.iri_text(term)
    node: Node = {"@type": kind, "@id": resource(iri), "ceterms:ctid": ctid_of(iri)}
    if resource(iri) != iri:
        node["ceterms:sameAs"] = [iri]
    put(node, "ceterms:name", carried.texts(term, LABEL))
    put(node, "ceterms:description", carried.texts(term, DESCRIPTION))
    return node


def put(node: Node, key: str, value: Any) -> None:
    """Sets a key where there is something to say."""
    if value:
        node[key] = value


def coded(theirs: str) -> Node:
    """A code of one of their lists."""
    prefix, _, name = theirs.partition(":")
    address, called = CODES[prefix]
    spoken = "".join(f" {c}" if c.isupper() and n else c for n, c in enumerate(name))
    return {
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:framework": address,
        "ceterms:frameworkName": {"en": called},
        "ceterms:targetNode": theirs,
        "ceterms:targetNodeName": {"en": spoken},
    }


def aligned(term: Term, framework: Term | None, names: Texts, carried: Carried) -> Node:
    """A thing of some framework that stands outside CTDL, such as a level."""
    node: Node = {"@type": "ceterms:CredentialAlignmentObject"}
    if framework and terms.is_iri(framework):
        node["ceterms:framework"] = terms.iri_text(framework)
        put(node, "ceterms:frameworkName", dict(carried.graph.texts(framework, LABEL)))
    node["ceterms:targetNode"] = terms.iri_text(term)
    put(node, "ceterms:targetNodeName", dict(names))
    return node


def languages(term: Term, carried: Carried) -> list[str]:
    """The languages that are stated, else those in which it is named; a name without one is written in the language wanted."""
    labels = carried.graph.objects(term, LABEL)
    named = {terms.language(o) for o in labels} - {""} or ({carried.wanted.language} if labels else set())
    stated = [o for o in carried.graph.objects(term, LANGUAGE) if is_plain(o)]
    if {terms.lexical(o) for o in stated} != named:
        carried.take(term, LANGUAGE, *stated)
    return sorted({terms.lexical(o) for o in stated} or named)


def status(term: Term, carried: Carried) -> str:
    """Whether it is offered on the day: being prepared, active, or over."""
    day = carried.wanted.as_of.isoformat()
    first, last = (carried.date(term, mc(name)) for name in ("firstOfferDate", "withdrawalDate"))
    if last and last <= day:
        return "over"
    return "prepared" if first and first > day else "active"


def references(found: Iterable[Term]) -> list[str]:
    """The addresses of things in the registry."""
    return [resource(terms.iri_text(term)) for term in found]


def duration(hours: Decimal) -> str:
    """Hours as an ISO 8601 duration, exactly."""
    seconds = hours * 3600
    whole, minutes = divmod(int(seconds), 3600)
    minutes, rest = divmod(minutes, 60)
    left = seconds - int(seconds) + rest
    parts = [f"{whole}H" if whole else "", f"{minutes}M" if minutes else "", f"{left.normalize():f}S" if left else ""]
    return f"PT{''.join(parts)}" if any(parts) else "PT0S"
