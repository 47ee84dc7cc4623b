"""A file of the European Learning Model as statements in its own words: a credential, a signed one, or RDF."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.expand import LOCAL, Expansion, is_iri, within
from mcqms_kg.interop.elm.terms import CONTEXTS, context
from mcqms_kg.interop.json_read import Json, parse_json, pointer, read_json
from mcqms_kg.interop.rdf_places import placed
from mcqms_kg.model import Loss, Term, Triple
from mcqms_kg.settings import Settings

_JSON = (".json", ".jsonld")
_BASE64 = re.compile(r"[A-Za-z0-9_+/-]*={0,2}")
_HOST = re.compile(r"https?://[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class Source:
    """What a file says in the words of the model, where each statement stands, and what was lost so far.

    Every thing in it has an IRI.
    """

    places: Mapping[Triple, str]
    losses: tuple[Loss, ...]


def read_source(path: Path, called: str, settings: Settings) -> Source:
    """What the file says; raises `UnreadableInput` with the place where it cannot be read."""
    if path.suffix.lower() not in _JSON:
        return _of_rdf(path, called)
    value = read_json(path, called, settings)
    losses: list[Loss] = []
    at = ""
    if isinstance(value, dict) and "payload" in value and "signatures" in value:
        value, at = _payload(value["payload"], called, settings), "/payload"
        losses.append(Loss("/signatures", phrases.UNSIGNED))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    documents = list(_documents(value, at, called))
    if any(not _is_known(document) for document, _ in documents):
        if unknown := _unknown_context(documents):
            raise UnreadableInput(
                f"The JSON-LD names the context {_told(unknown)!r}, which is not known here, and nothing is fetched",
                place=Place(called, at=f"{at}/@context"),
                remedy=f"Use the contexts {CONTEXTS[0]} and {CONTEXTS[1]}, or write the context into the file.",
            )
        return _of_rdf(path, called)
    places: dict[Triple, str] = {}
    for document, where in documents:
        expansion = Expansion(_scope(document, digest))
        expansion.thing(document, where)
        losses += expansion.losses
        for said in expansion.stated:
            places.setdefault(said.triple, said.at)
    return Source(places, tuple(losses))


def _scope(document: Mapping[str, Json], digest: str) -> str:
    """What is named in a document by its place is named below the document, or below the file where it has no name."""
    name = document.get("id", document.get("@id"))
    is_named = isinstance(name, str) and is_iri(name) and not LOCAL.fullmatch(name)
    return str(name) if is_named else _file(digest)


def _file(digest: str) -> str:
    return f"urn:mcqms:file:{digest[:32]}"


def _payload(value: Json, called: str, settings: Settings) -> Json:
    """What was signed: JSON in base64, in its spelling for addresses, or as it is."""
    name = f"{called} (payload)"
    if isinstance(value, str) and value.lstrip().startswith("{"):
        return parse_json(value.encode(), name, settings)
    if isinstance(value, str) and _BASE64.fullmatch(value):
        text = value.rstrip("=").replace("+", "-").replace("/", "_")
        try:
            content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except binascii.Error:
            content = b""
        if content:
            return parse_json(content, name, settings)
    raise UnreadableInput(
        "The payload of the signed credential is neither JSON nor base64",
        place=Place(called, at="/payload"),
        remedy="Fetch it anew.",
    )


def _documents(value: Json, at: str, called: str) -> Iterable[tuple[dict[str, Json], str]]:
    """The things at the top: the file itself, what an uploadable form wraps, or the members of an array or a graph."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _documents(inner, pointer(at, number), called)
    elif not isinstance(value, dict):
        raise UnreadableInput(
            "Here an object of JSON-LD is asked for", place=Place(called, at=at), remedy="Give a credential."
        )
    elif "credential" in value and "@context" not in value:
        yield from _documents(value["credential"], pointer(at, "credential"), called)
    elif "verifiableCredential" in value:
        yield from _documents(value["verifiableCredential"], pointer(at, "verifiableCredential"), called)
    elif "@graph" in value:
        for inner, where in _documents(value["@graph"], pointer(at, "@graph"), called):
            yield {"@context": value.get("@context"), **inner}, where
    else:
        yield value, at


def _is_known(document: Mapping[str, Json]) -> bool:
    """Whether its words are ours: by name of its contexts, because these say what we would say, or because it has none and uses them."""
    ours = context()
    if not _contexts(document):
        return any(key in ours for key in document)
    return all(
        given in CONTEXTS
        if isinstance(given, str)
        else isinstance(given, dict) and all(key in ours and ours[key] == said for key, said in given.items())
        for given in _contexts(document)
    )


def _contexts(document: Mapping[str, Json]) -> list[Json]:
    given = document.get("@context")
    if isinstance(given, list):
        return given
    return [given] if given is not None else []


def _unknown_context(documents: Iterable[tuple[Mapping[str, Json], str]]) -> str:
    """The first context that is named by an address and not known; empty where there is none."""
    named = (c for document, _ in documents for c in _contexts(document) if isinstance(c, str))
    return next((c for c in named if c not in CONTEXTS), "")


def _told(context: str) -> str:
    """The address of a context without its path: whoever wrote a credential may have put a person's name there."""
    host = _HOST.match(context)
    return f"{host[0]}/…" if host else "…"


def _of_rdf(path: Path, called: str) -> Source:
    """Statements of an RDF file; where lines are known they are the places, else the thing that is spoken of."""
    scope = _file(hashlib.sha256(path.read_bytes()).hexdigest())
    places: dict[Triple, str] = {}
    for (s, p, o), at in placed(path, called).items():
        places.setdefault((_named(s, scope), _named(p, scope), _named(o, scope)), at)
    return Source(places, ())


def _named(term: Term, scope: str) -> Term:
    if terms.is_blank(term):
        return within(scope, term.removeprefix("_:"))
    return within(scope, terms.iri_text(term)) if terms.is_iri(term) and LOCAL.fullmatch(terms.iri_text(term)) else term
