"""What the JSON of a credential says as RDF, with contexts that are shipped, and only where it says all that stands in it.

A signature covers the RDF, and people and programs read the JSON. So everything is refused that is in the one and not in
the other: terms that no context defines, values that JSON-LD drops, and keys by which JSON-LD would read more than we do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from mcqms_kg import resources
from mcqms_kg.errors import BadValue, Place, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.interop.json_read import Json, pointer, walk
from mcqms_kg.interop.signing.given_contexts import Contexts
from mcqms_kg.model import Quad, Term

_MOST_CONTEXTS = 40
"""Times that contexts are named in one document: each is read anew."""
_SAFE = 2**53
_NOWHERE = "urn:mcqms:undefined:"
"""What stands before a term without a definition where one is looked for."""
_VALUE = frozenset({"@value", "@language", "@direction", "@type"})


class NotCovered(BadValue):
    """Something in the document is not in the RDF that is signed."""


def dataset(document: Mapping[str, Json], called: str, given: Contexts | None = None) -> tuple[Quad, ...]:
    """All that the document says, as quads, by the contexts that are shipped and those that are given.

    Raises `NotCovered` with the place for what JSON-LD would drop, and `Unsupported` for contexts that are neither and for
    what is not read here.
    """
    _plain(document, called)
    whole = _with_contexts(document, called, given or {})
    found = _quads(whole, called)
    wanted = sum(1 for _ in _statements(document))
    if len(found) != wanted:
        raise _named(whole, called, wanted - len(found))
    return found


def _plain(document: Mapping[str, Json], called: str) -> None:
    """Refuses what JSON-LD reads and we do not: keywords, IRIs as keys, lists in lists, nulls, numbers that are not exact."""
    for at, value in walk(document):
        where = Place(called, at=at)
        if value is None:
            raise NotCovered("A null is in no signature", place=where, remedy="Leave the key out.")
        if isinstance(value, list) and any(isinstance(member, list) for member in value):
            raise Unsupported("A list in a list is not read here", place=where, remedy="Give one list.")
        if isinstance(value, int | float) and abs(value) >= _SAFE:
            raise Unsupported("The number is too large to be signed exactly", place=where, remedy="Write it as text.")
        if isinstance(value, dict):
            _plain_keys(value, where)
        if at and isinstance(value, dict) and len(value) > 1 and "id" in value and value["id"] == document.get("id"):
            raise Unsupported("What stands here could as well stand at the root", place=where, remedy="Say it there.")


def _plain_keys(value: dict[str, Json], where: Place) -> None:
    for key in value:
        if key == "@context" or ("@value" in value and key in _VALUE):
            continue
        if key.startswith("@") or ":" in key:
            raise Unsupported(
                f"The key {key[:100]!r} is not read here", place=where, remedy="Use terms of the contexts."
            )
    if "@direction" in value:
        raise Unsupported("A direction of text is not signed here", place=where, remedy="Leave @direction out.")


def _with_contexts(document: Json, called: str, given: Contexts) -> Json:
    """The document with every context in the place of its URL."""
    left = [_MOST_CONTEXTS]

    def inside(value: Json, at: str) -> Json:
        if isinstance(value, list):
            return [inside(inner, pointer(at, n)) for n, inner in enumerate(value)]
        if not isinstance(value, dict):
            return _number(value)
        return {
            key: _context(inner, Place(called, at=pointer(at, key)), left, given)
            if key == "@context"
            else inside(inner, pointer(at, key))
            for key, inner in value.items()
        }

    return inside(document, "")


def _context(named: Json, where: Place, left: list[int], given: Contexts) -> Json:
    contexts = named if isinstance(named, list) else [named]
    left[0] -= len(contexts)
    if left[0] < 0:
        raise Unsupported("Too many contexts are named", place=where, remedy=f"Name at most {_MOST_CONTEXTS}.")
    return [_at_hand(one, where, given) for one in contexts]


def _at_hand(named: Json, where: Place, given: Contexts) -> Json:
    if not isinstance(named, str):
        raise Unsupported(
            "A context that is written in the document could give its words another meaning",
            place=where,
            remedy="Name contexts by their URL.",
        )
    files = resources.context_files()
    if named in files:
        return _read(files[named])
    if named not in given:
        raise Unsupported(
            f"The context {named[:200]!r} is not known here, and nothing is fetched",
            place=where,
            remedy="Fetch it yourself and give it with --context URL=FILE, or verify it where the context is known.",
        )
    return given[named]


@cache
def _read(path: Path) -> Json:
    return json.loads(path.read_text("utf-8"))["@context"]


def _number(value: Json) -> Json:
    """JSON has one kind of number: 3.0 is 3."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _quads(document: Json, called: str) -> tuple[Quad, ...]:
    try:
        found = [_quad(quad) for quad in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)]
    except (SyntaxError, ValueError) as problem:
        raise BadValue(
            f"The document is no JSON-LD: {problem.args[0]}", place=Place(called), remedy="Mend it."
        ) from problem
    return tuple(found)


def _quad(quad: ox.Quad) -> Quad:
    graph = None if isinstance(quad.graph_name, ox.DefaultGraph) else Term(str(quad.graph_name))
    return Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object)), graph


def _statements(value: Json, key: str = "") -> Iterator[str]:
    """One for each statement that the JSON should make: every text, number and type, and every thing that belongs to another."""
    if isinstance(value, list):
        for inner in value:
            yield from _statements(inner, key)
    elif not isinstance(value, dict):
        yield from () if key == "id" else (key,)
    elif "@value" in value:
        yield key
    else:
        yield from (key,) if key else ()
        for name, inner in value.items():
            if name != "@context":
                yield from _statements(inner, name)


def _named(whole: Json, called: str, missing: int) -> NotCovered:
    """The error that names a term without a definition where there is one; `whole` is the document with its contexts in it."""
    remedy = "Add the context that defines it, or take it out."
    document = {key: value for key, value in whole.items() if key != "@context"}
    looked: Any = {**whole, "@context": [{"@vocab": _NOWHERE}, *whole.get("@context", [])]}
    for quad in _quads(looked, called):
        for term in quad[:3]:
            if terms.is_iri(term) and terms.iri_text(term).startswith(_NOWHERE):
                name = terms.iri_text(term).removeprefix(_NOWHERE)
                at = next((at for at, value in walk(document) if value == name), "")
                return NotCovered(f"No context defines {name[:100]!r}", place=Place(called, at=at), remedy=remedy)
    what = f"{abs(missing)} of the values mean nothing in RDF, such as an id that is no IRI"
    return NotCovered(what, place=Place(called), remedy="Mend the ids.")
