"""RDF terms as N-Triples text: building them, taking them apart, and writing them short."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES, RDF, XSD

_LITERAL = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:([tbnrf"\'\\])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))')
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_LOCAL_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SPECIAL = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"})


def iri(text: str) -> Term:
    """The IRI term of an absolute IRI."""
    return Term(f"<{text}>")


def literal(text: str, *, language: str = "", datatype: str = "") -> Term:
    """A literal term; without language and datatype it is an `xsd:string`."""
    quoted = f'"{text.translate(_SPECIAL)}"'
    if language:
        return Term(f"{quoted}@{language}")
    return Term(quoted if datatype in ("", XSD + "string") else f"{quoted}^^<{datatype}>")


def is_iri(term: str) -> bool:
    return term.startswith("<")


def is_blank(term: str) -> bool:
    return term.startswith("_:")


def is_literal(term: str) -> bool:
    return term.startswith('"')


def iri_text(term: str) -> str:
    """The IRI inside an IRI term."""
    return term[1:-1]


def lexical(term: str) -> str:
    """The lexical form of a literal, unescaped; the IRI or label of any other term."""
    if term[:1] == "<":
        return term[1:-1]
    if term[:1] == '"' and "\\" not in term:
        return term[1 : term.index('"', 1)]
    match = _LITERAL.fullmatch(term)
    return _ESCAPE.sub(_unescape, match[1]) if match else term.removeprefix("_:")


def language(term: str) -> str:
    """The language tag of a literal as written, or the empty string."""
    if not term.startswith('"') or term.endswith(('"', ">")):
        return ""
    return term[term.rindex("@") + 1 :]


def datatype(term: str) -> str:
    """The datatype IRI of a literal, or the empty string for a term that is not a literal."""
    match = _LITERAL.fullmatch(term)
    if not match:
        return ""
    return RDF + "langString" if match[2] else match[3] or XSD + "string"


def _unescape(match: re.Match[str]) -> str:
    plain, short_code, long_code = match.groups()
    return _PLAIN[plain] if plain else chr(int(short_code or long_code, 16))


@lru_cache(maxsize=65536)
def short(term: Term) -> str:
    """The term for reading: a prefixed name where one is known, a literal without its datatype."""
    if is_literal(term):
        return lexical(term)
    if not is_iri(term):
        return term
    text = iri_text(term)
    cut = max(text.rfind("#"), text.rfind("/")) + 1
    prefix = _PREFIX_OF.get(text[:cut])
    return f"{prefix}:{text[cut:]}" if prefix and _LOCAL_NAME.fullmatch(text, cut) else f"<{text}>"


_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}
"""Namespace to prefix; each ends with `#` or `/`, which no local name holds."""


def local_name(term: Term) -> str:
    """The part of an IRI after its last `#` or `/`."""
    return re.split(r"[#/]", iri_text(term).rstrip("#/"))[-1]


def readable(term: Term) -> str:
    """What a reader may call an IRI that nothing names: the end of it, never the whole; of an address without a path its host."""
    place = iri_text(term).partition("://")[2] or iri_text(term).partition(":")[2]
    end = re.split(r"[#/]" if "://" in term else r"[#/:]", place.rstrip("#/:"))[-1]
    return unquote(end) or short(term)


def expand(name: str) -> Term | None:
    """The IRI term that a prefixed name, `<iri>` or absolute IRI stands for, or nothing where it is none of these."""
    if re.fullmatch(r"<[^<>\s]+>", name):
        return Term(name)
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return iri(PREFIXES[prefix] + local)
    return iri(name) if re.fullmatch(r"([A-Za-z][A-Za-z0-9+.-]*://|(urn|did|tag|info):)[^<>\s]+", name) else None
