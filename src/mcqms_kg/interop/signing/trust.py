"""Who is known as an issuer: a trust list in a local file, and the organisations of our own data.

A trust list is JSON: `{"issuers": [{"id": "did:key:…", "name": "…", "keys": ["did:key:…"]}]}`. A key is a did:key or a Multikey, or
an object with the `id` by which proofs name it and a `multikey` or `jwk`. A DID document is a list of one issuer with its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mcqms_kg.errors import BadValue, McqmsError, Place
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.json_read import Json, pointer, read_json
from mcqms_kg.interop.signing.did_document import document_in, keys_of
from mcqms_kg.interop.signing.did_key import PublicKey, from_jwk, from_multikey, resolved
from mcqms_kg.interop.signing.given_contexts import Contexts
from mcqms_kg.model import Term
from mcqms_kg.namespaces import MC, SKOS
from mcqms_kg.settings import Settings

_NOTATION = terms.iri(SKOS + "notation")
_ORGANISATIONS = frozenset(
    terms.iri(MC + name) for name in ("Provider", "Organisation", "CertificationBody", "Regulator", "IndustryBody")
)


@dataclass(frozen=True)
class Known:
    """An issuer that is known: what it is called, and its keys by the names that proofs give them, where they are known."""

    name: str
    keys: Mapping[str, PublicKey] = field(default_factory=dict)


@dataclass(frozen=True)
class Trust:
    """The issuers that are known, by id, and the contexts that are given beside those that are shipped.

    `asked` says that there was a list or data to look into.
    """

    issuers: Mapping[str, Known] = field(default_factory=dict)
    asked: bool = False
    contexts: Contexts = field(default_factory=dict)


def read_trust(path: Path, settings: Settings) -> Mapping[str, Known]:
    """The issuers of a trust list, or of one DID document; raises `UnreadableInput` or `BadValue` with the place."""
    listed = read_json(path, str(path), settings)
    if document := document_in(listed):
        return {str(document["id"]): Known("", _of_document(path, document))}
    issuers = listed.get("issuers") if isinstance(listed, dict) else None
    if not isinstance(issuers, list):
        raise _wrong(path, "", "A trust list is an object with a list of issuers, or a DID document")
    found: dict[str, Known] = {}
    for number, issuer in enumerate(issuers):
        at = f"/issuers/{number}"
        if not isinstance(issuer, dict) or not isinstance(issuer.get("id"), str) or not issuer["id"]:
            raise _wrong(path, at, "An issuer has an id")
        if issuer["id"] in found:
            raise _wrong(path, at, "An issuer stands in the list twice")
        found[issuer["id"]] = Known(str(issuer.get("name", "")), _keys(path, at, issuer.get("keys", [])))
    return found


def known_in(graph: GraphIndex, language: str = "en") -> Mapping[str, Known]:
    """The organisations of our data, by their IRI and by the identifiers that they have as notation, such as a did:key."""
    found: dict[str, Known] = {}
    for organisation in _organisations(graph):
        known = Known(graph.name(organisation, language))
        found[terms.lexical(organisation)] = known
        for notation in graph.objects(organisation, _NOTATION):
            if terms.lexical(notation).startswith("did:"):
                found[terms.lexical(notation)] = known
    return found


def _organisations(graph: GraphIndex) -> tuple[Term, ...]:
    found = {thing for class_ in _ORGANISATIONS for thing in graph.instances(class_)}
    return tuple(sorted(thing for thing in found if terms.is_iri(thing)))


def _of_document(path: Path, document: Mapping[str, Json]) -> Mapping[str, PublicKey]:
    try:
        return keys_of(document)
    except BadValue as problem:
        raise BadValue(problem.what, place=Place(str(path)), remedy=problem.remedy) from problem


def _keys(path: Path, at: str, keys: Json) -> Mapping[str, PublicKey]:
    if not isinstance(keys, list):
        raise _wrong(path, at, "The keys of an issuer are a list")
    found: dict[str, PublicKey] = {}
    for number, key in enumerate(keys):
        try:
            name, public = _key(key)
        except McqmsError as problem:
            raise _wrong(path, pointer(f"{at}/keys", number), problem.what) from problem
        found[name] = public
    return found


def _key(key: Json) -> tuple[str, PublicKey]:
    if isinstance(key, str):
        public = resolved(key) if key.startswith("did:") else from_multikey(key)
        return (public.method if public.kind != "RSA" else key), public
    if isinstance(key, dict) and isinstance(key.get("id"), str):
        if isinstance(key.get("jwk"), dict):
            return key["id"], from_jwk(key["jwk"])
        if isinstance(key.get("multikey"), str):
            return key["id"], from_multikey(key["multikey"])
    raise BadValue("A key is a did:key, a Multikey, or an object with id and jwk or multikey")


def _wrong(path: Path, at: str, what: str) -> BadValue:
    return BadValue(what, place=Place(str(path), at=at), remedy="Mend the trust list.")
