"""CTDL files as the Credential Registry gives them out: a graph, one resource, or an envelope around either."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import is_date
from mcqms_kg.interop.countries import country_named
from mcqms_kg.interop.ctdl.around import read_assessment, read_course
from mcqms_kg.interop.ctdl.conditions import read_conditions
from mcqms_kg.interop.ctdl.names import Names, kinds_of
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL, NOTATION
from mcqms_kg.interop.ctdl.pathways_read import is_component, read_component, read_pathway, read_transfer_value
from mcqms_kg.interop.ctdl.terms import CONTEXT
from mcqms_kg.interop.ctdl.told import described, languages, say_texts
from mcqms_kg.interop.json_object import Given, Reading
from mcqms_kg.interop.json_read import Json, pointer, read_json
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import DCTERMS, XSD
from mcqms_kg.settings import Settings

CONTEXTS = frozenset(
    (
        CONTEXT,
        "http://credreg.net/ctdl/schema/context/json",
        "https://credreg.net/ctdlasn/schema/context/json",
        "http://credreg.net/ctdlasn/schema/context/json",
    )
)
_GONE = {
    "en": "Things of this kind are not taken over.",
    "id": "Hal berjenis ini tidak diambil alih.",
}
_ENVELOPE = {
    "en": "What the envelope of the registry says of itself is not taken over, and its signature is not checked.",
    "id": "Keterangan amplop registri tentang dirinya tidak diambil alih, dan tanda tangannya tidak diperiksa.",
}
_DAYS = {"ceterms:dateEffective": "firstOfferDate", "ceterms:expirationDate": "withdrawalDate"}
_OF_LEVELS = ("ceterms:framework", "ceterms:frameworkName", "ceterms:targetNodeName")
_PUBLISHER = terms.iri(DCTERMS + "publisher")


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What a CTDL file says in our terms; raises `UnreadableInput` for what is no CTDL, or names a context that is not known."""
    value = read_json(path, called, settings)
    reading = Reading(sha256(path))
    found = list(_resources(value, "", called, reading))
    named = {iri: reading.name(at) for at, node in found if (iri := _blank(node.get("@id")))}
    nodes = [Given(_renamed(node, named), at, reading) for at, node in found]
    names = Names(nodes, reading)
    for node in nodes:
        _read_one(node, names)
    return reading.taken()


def _blank(value: Json) -> str:
    return value if isinstance(value, str) and value.startswith("_:") else ""


def _renamed(value: Any, named: Mapping[str, Term]) -> Any:
    """What the file describes and names only for itself gets a name of its own, wherever it is meant."""
    if isinstance(value, dict):
        return {key: _renamed(inner, named) for key, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, named) for inner in value]
    return terms.iri_text(named[value]) if isinstance(value, str) and value in named else value


def _resources(value: Json, at: str, called: str, reading: Reading) -> Iterator[tuple[str, dict[str, Json]]]:
    """The resources, and where they stand."""
    if isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _resources(inner, pointer(at, n), called, reading)
        return
    if not isinstance(value, dict):
        raise UnreadableInput(
            "A resource of CTDL is an object", place=Place(called, at=at), remedy="Give JSON as the registry gives it."
        )
    if "decoded_resource" in value:
        reading.lose(at, "", _ENVELOPE)
        yield from _resources(value["decoded_resource"], pointer(at, "decoded_resource"), called, reading)
        return
    _refuse_contexts(value.get("@context"), pointer(at, "@context"), called)
    if "@graph" in value:
        inner = value["@graph"]
        for key in value.keys() - {"@context", "@id", "@graph"}:
            reading.lose(pointer(at, key), value[key])
        yield from _resources(inner if isinstance(inner, list) else [inner], pointer(at, "@graph"), called, reading)
        return
    yield at, value


def _refuse_contexts(value: Json, at: str, called: str) -> None:
    for given in value if isinstance(value, list) else [value]:
        if given is not None and not ((isinstance(given, str) and given in CONTEXTS) or _is_prefixes(given)):
            raise UnreadableInput(
                "The context is not that of CTDL, and nothing remote is fetched",
                place=Place(called, at=at),
                remedy=f"Name {CONTEXT}.",
            )


def _is_prefixes(given: Json) -> bool:
    """Whether a context that is written out has the usual prefixes and nothing else."""
    prefixes = {"ceterms": "purl.org/ctdl/terms/", "ceasn": "purl.org/ctdlasn/terms/"}
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given.values()):
        return False
    return all(given.get(p, f"https://{ns}") in (f"http://{ns}", f"https://{ns}") for p, ns in prefixes.items())


def _read_one(node: Given, names: Names) -> None:
    term, kinds = names.of(node), kinds_of(node)
    if "ceterms:Pathway" in kinds:
        read_pathway(node, names)
        return
    if is_component(node):
        read_component(node, names)
        return
    node.drop("@context", "@id", "@type", "ceterms:sameAs", "ceasn:identifier")
    for at, ctid in node.strings("ceterms:ctid"):
        if ctid not in str(node.value.get("@id")):
            node.reading.lose(at, ctid)
    kind = next((found for found in map(names.class_of, kinds) if found), None)
    if kind is None:
        node.reading.lose(node.at, node.value.get("@type"), _GONE)
        return
    our, how = kind
    if our == "LearningOutcome" and term not in names.outcomes:
        our = "CompetencyUnit"
    if term in names.folded:
        return  # it is read where the credential names it
    node.reading.say(term, TYPE, mc(our), node.at)
    _HOW[how](node, term, names)
    node.finish()


def _credential(node: Given, term: Term, names: Names) -> None:
    described(node, term)
    languages(node, term, "ceterms:inLanguage")
    offered = list(node.refs("ceterms:offeredBy"))
    owned = list(node.refs("ceterms:ownedBy"))
    for at, iri in offered or owned:
        node.reading.say(term, mc("isOfferedBy"), names.named(iri), at)
    if offered:
        for at, iri in owned:
            if iri not in {other for _, other in offered}:
                node.reading.lose(at, iri)
    for key, name in _DAYS.items():
        for at, day in node.strings(key):
            if is_date(day[:10]):
                node.reading.say(term, mc(name), terms.literal(day[:10], datatype=XSD + "date"), at)
            else:
                node.reading.lose(at, day)
    _status(node)
    for level in node.objects("ceterms:atLevel"):
        for at, iri in level.refs("ceterms:targetNode"):
            node.reading.say(term, mc("hasLevel"), terms.iri(iri), at)
        level.drop("@type", *(_OF_LEVELS if names.is_ours(term) else ()))
        level.finish()
    read_conditions(node, term, names)


def _status(node: Given) -> None:
    """What follows from the dates is not said again."""
    for status in node.objects("ceterms:credentialStatusType"):
        target = status.string("ceterms:targetNode")
        over, ahead = "ceterms:expirationDate" in node.value, "ceterms:dateEffective" in node.value
        if not (
            target.endswith((":Active", "/Active"))
            or (target.endswith((":Deprecated", "/Deprecated")) and over)
            or (target.endswith((":Probationary", "/Probationary")) and ahead)
        ):
            node.reading.lose(status.at, target)


def _organisation(node: Given, term: Term, names: Names) -> None:
    del names
    described(node, term)
    for address in node.objects("ceterms:address"):
        for at, text in address.texts("ceterms:addressCountry"):
            if found := country_named(terms.lexical(text)):
                node.reading.say(term, mc("country"), terms.literal(found), at)
            else:
                node.reading.lose(at, terms.lexical(text))
        address.drop("@type")
        address.finish()
    certifies = False
    for kind in node.objects("ceterms:agentType"):
        if kind.string("ceterms:targetNode").endswith(("orgType:CertificationBody", "/CertificationBody")):
            certifies = True
        else:
            node.reading.lose(kind.at, kind.value)
    if certifies:
        node.reading.say(term, TYPE, mc("CertificationBody"), node.at)


def _competency(node: Given, term: Term, names: Names) -> None:
    say_texts(node, term, ceasn_competencyText=LABEL)
    for at, text in node.strings("ceasn:codedNotation"):
        node.reading.say(term, NOTATION, terms.literal(text), at)
    for at, iri in node.refs("ceasn:isPartOf"):
        if term not in names.outcomes:
            node.reading.say(term, mc("isDefinedIn"), names.named(iri), at)
    for at, iri in node.refs("ceasn:alignTo"):
        if term in names.outcomes:
            node.reading.say(term, mc("isTiedTo"), names.named(iri), at)
        else:
            node.reading.lose(at, iri)
    node.drop("ceasn:isTopChildOf")


def _framework(node: Given, term: Term, names: Names) -> None:
    say_texts(node, term, ceasn_name=LABEL)
    named = {terms.lexical(t) for _, t in node.texts("ceasn:name")}
    for at, text in node.texts("ceasn:description"):
        if terms.lexical(text) not in named:
            node.reading.say(term, DESCRIPTION, text, at)
    for at, notation in node.strings("ceasn:codedNotation"):
        node.reading.say(term, NOTATION, terms.literal(notation), at)
    languages(node, term, "ceasn:inLanguage")
    publishers = list(node.refs("ceasn:publisher"))
    for at, iri in publishers:
        node.reading.say(term, _PUBLISHER, names.named(iri), at)
    for at, text in node.texts("ceasn:publisherName"):
        if not publishers:
            node.reading.say(term, _PUBLISHER, text, at)
        elif not any(names.node(iri) for _, iri in publishers):
            node.reading.lose(at, terms.lexical(text))
    for at, iri in node.refs("ceasn:hasTopChild"):
        if names.node(iri) is None:
            node.reading.lose(at, iri)


_HOW: Mapping[str, Callable[[Given, Term, Names], None]] = {
    "credential": _credential,
    "organisation": _organisation,
    "assessment": read_assessment,
    "learning": read_course,
    "competency": _competency,
    "framework": _framework,
    "agreement": read_transfer_value,
}
