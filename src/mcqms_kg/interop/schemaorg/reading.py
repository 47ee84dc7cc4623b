"""schema.org JSON-LD, as files and in web pages: credentials, courses, organisations and occupations in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.digest import sha256
from mcqms_kg.interop.json_object import Given, Reading
from mcqms_kg.interop.json_read import Json, bounded_content, parse_json, pointer
from mcqms_kg.interop.schemaorg.things import TAG, File, each
from mcqms_kg.interop.schemaorg.web_pages import is_page, says_otherwise, scripts
from mcqms_kg.model import Taken
from mcqms_kg.settings import Settings

_CONTEXTS = re.compile(r"https?://(www\.)?schema\.org(/|/docs/jsonldcontext\.json(ld)?)?")
_SCRIPT = {"en": "This script cannot be read.", "id": "Skrip ini tidak dapat dibaca."}
_INLINE = {
    "en": "What the page says in its elements (microdata, RDFa) is not read.",
    "id": "Yang disebut halaman dalam elemennya (microdata, RDFa) tidak dibaca.",
}


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What a file of schema.org JSON-LD, or a page with it, says in our terms; raises `UnreadableInput` for another context."""
    reading = Reading(sha256(path))
    content = bounded_content(path, called)
    values = _of_page(content, called, settings, reading) if is_page(content) else None
    for at, value in values if values is not None else [("", parse_json(content, called, settings))]:
        nodes = [Given(node, where, reading) for where, node in _nodes(value, at, called)]
        file = File(nodes, reading, _default_language(value))
        for node in nodes:
            file.read(node)
    return reading.taken()


def _of_page(page: bytes, called: str, settings: Settings, reading: Reading) -> list[tuple[str, Json]]:
    """The scripts of a page that can be read, each with its place; the others are told."""
    found: list[tuple[str, Json]] = []
    for number, script in enumerate(scripts(page), start=1):
        at = f"/script-{number}"
        try:
            value = parse_json(script, called, settings)
            list(_nodes(value, at, called))
            found.append((at, value))
        except UnreadableInput as problem:
            reading.lose(at, problem.what, _SCRIPT)
    if says_otherwise(page):
        reading.lose("", "", _INLINE)
    if not found:
        raise UnreadableInput(
            "The page holds no JSON-LD of schema.org that can be read",
            place=Place(called),
            remedy="Give a page that describes its courses or credentials in a script of JSON-LD.",
        )
    return found


def _nodes(value: Json, at: str, called: str) -> Iterator[tuple[str, dict[str, Json]]]:
    if isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _nodes(inner, pointer(at, n), called)
    elif not isinstance(value, dict):
        raise UnreadableInput("A thing of schema.org is an object", place=Place(called, at=at), remedy="Mend it.")
    else:
        _refuse_context(value.get("@context"), pointer(at, "@context"), called)
        inside = next((key for key in _HOLDS.get(str(value.get("@type")), ("@graph",)) if key in value), None)
        if inside is not None:
            inner = value[inside]
            yield from _nodes(inner if isinstance(inner, list) else [inner], pointer(at, inside), called)
        else:
            yield at, value


_HOLDS = {"ItemList": ("itemListElement",), "ListItem": ("item",), "WebPage": ("@graph", "mainEntity")}
"""Lists and pages, and where what they are about stands."""


def _refuse_context(value: Json, at: str, called: str) -> None:
    for given in value if isinstance(value, list) else [value]:
        named = given.get("@vocab") if isinstance(given, dict) and set(given) <= {"@vocab", "@language"} else given
        if named is not None and not (isinstance(named, str) and _CONTEXTS.fullmatch(named)):
            raise UnreadableInput(
                "The context is not that of schema.org, and nothing remote is fetched",
                place=Place(called, at=at),
                remedy="Name https://schema.org.",
            )


def _default_language(value: Json) -> str:
    """The language of texts that do not say theirs, where the context has one."""
    contexts = each(value.get("@context")) if isinstance(value, dict) else []
    found = [c.get("@language") for c in contexts if isinstance(c, dict) and "@language" in c]
    return found[-1] if found and isinstance(found[-1], str) and TAG.fullmatch(found[-1]) else ""
