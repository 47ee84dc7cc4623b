"""SPARQL's functions on texts (SPARQL 1.1, 17.4.3), on IRIs and on literals in general (17.4.2)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, XSD
from mcqms_kg.shacl.near.computing import numbers
from mcqms_kg.shacl.near.computing.beyond import Beyond

Text = tuple[str, str]
"""The text of a string literal, and its language tag or nothing."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_UNSURE_CASE = re.compile("[Σσςİ]")
"""Letters whose case depends on what is around them, or on the language."""


def text_of(term: Term) -> Text | None:
    """What a function on strings takes: a string with or without a language."""
    if term.endswith('"') and term.startswith('"'):
        return terms.lexical(term), ""
    language = terms.language(term)
    return (terms.lexical(term), language) if language else None


def simple(term: Term) -> str | None:
    """The text of a string without a language."""
    return terms.lexical(term) if term.endswith('"') and term.startswith('"') else None


def again(text: str, language: str) -> Term:
    return terms.literal(text, language=language)


def str_(term: Term) -> Term | None:
    return None if terms.is_blank(term) else terms.literal(terms.lexical(term))


def language(term: Term) -> Term | None:
    return terms.literal(terms.language(term)) if terms.is_literal(term) else None


def datatype(term: Term) -> Term | None:
    return terms.iri(terms.datatype(term)) if terms.is_literal(term) else None


def string_length(term: Term) -> Term | None:
    found = text_of(term)
    return None if found is None else numbers.as_term(len(found[0]))


def _changing(change: Callable[[str], str]) -> Callable[[Term], Term | None]:
    def changed(term: Term) -> Term | None:
        found = text_of(term)
        if found is None:
            return None
        if not found[0].isascii() and _UNSURE_CASE.search(found[0]):
            raise Beyond("Letters whose case depends on others")
        return again(change(found[0]), found[1])

    return changed


def encode(term: Term) -> Term | None:
    found = text_of(term)
    return None if found is None else terms.literal(quote(found[0], safe=""))


def iri(term: Term) -> Term | None:
    if terms.is_iri(term):
        return term
    found = simple(term)
    if found is None:
        return None
    if not _ABSOLUTE.fullmatch(found):
        raise Beyond("An IRI that is not absolute")
    return terms.iri(found)


def _digest(name: str) -> Callable[[Term], Term | None]:
    def digest(term: Term) -> Term | None:
        found = simple(term)
        return None if found is None else terms.literal(hashlib.new(name, found.encode()).hexdigest())

    return digest


def alike(first: Term, second: Term) -> tuple[Text, str] | None:
    """Two strings that go together (17.4.3.1.2): the second has no language, or that of the first."""
    one, other = text_of(first), text_of(second)
    if one is None or other is None or (other[1] and other[1].lower() != one[1].lower()):
        return None
    return one, other[0]


def _saying(test: Callable[[str, str], bool]) -> Callable[[Term, Term], bool | None]:
    def said(first: Term, second: Term) -> bool | None:
        found = alike(first, second)
        return None if found is None else test(found[0][0], found[1])

    return said


def before(first: Term, second: Term) -> Term | None:
    found = alike(first, second)
    if found is None:
        return None
    (text, tag), part = found
    return again(text[: text.index(part)], tag) if part in text else terms.literal("")


def after(first: Term, second: Term) -> Term | None:
    found = alike(first, second)
    if found is None:
        return None
    (text, tag), part = found
    return again(text[text.index(part) + len(part) :], tag) if part in text else terms.literal("")


def substring(source: Term, start: Term, length: Term | None = None) -> Term | None:
    """Characters from a place on, which counts from one (fn:substring)."""
    found, begin = text_of(source), numbers.number(start)
    size = None if length is None else numbers.number(length)
    if found is None or begin is None or (length is not None and size is None):
        return None
    if not isinstance(begin, int) or not isinstance(size, int | None):
        raise Beyond("A place in a text that is no integer")
    end = None if size is None else max(begin + size - 1, 0)
    return again(found[0][max(begin - 1, 0) : end], found[1])


def concat(*parts: Term) -> Term | None:
    found = [text_of(part) for part in parts]
    if any(one is None for one in found):
        return None
    languages = {one[1] for one in found if one}
    return again("".join(one[0] for one in found if one), languages.pop() if len(languages) == 1 else "")


def language_matches(tag: Term, wanted: Term) -> bool | None:
    """Basic filtering of RFC 4647."""
    one, other = simple(tag), simple(wanted)
    if one is None or other is None:
        return None
    given, asked = one.lower(), other.lower()
    return given != "" if asked == "*" else given == asked or given.startswith(f"{asked}-")


def with_datatype(text: Term, type_: Term) -> Term | None:
    found = simple(text)
    if found is None or not terms.is_iri(type_):
        return None
    if terms.iri_text(type_) == RDF + "langString":
        raise Beyond("A string without a language that should have one")
    return terms.literal(found, datatype=terms.iri_text(type_))


def with_language(text: Term, tag: Term) -> Term | None:
    found, wanted = simple(text), simple(tag)
    if found is None or wanted is None:
        return None
    if not re.fullmatch("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", wanted):
        raise Beyond("A language tag that is none")
    return again(found, wanted)


def is_numeric(term: Term) -> bool:
    return tags.tag_of(term) == tags.FLOAT or (tags.tag_of(term) in tags.NUMBERS and numbers.number(term) is not None)


OF_ONE: Mapping[str, Callable[[Term], Term | bool | None]] = {
    "str": str_,
    "language": language,
    "datatype": datatype,
    "string_length": string_length,
    "upper": _changing(str.upper),
    "lower": _changing(str.lower),
    "encode": encode,
    "iri": iri,
    **{name: _digest(name) for name in ("md5", "sha1", "sha256", "sha384", "sha512")},
    "is_iri": terms.is_iri,
    "is_blank": terms.is_blank,
    "is_literal": terms.is_literal,
}
OF_TWO: Mapping[str, Callable[[Term, Term], Term | bool | None]] = {
    "contains": _saying(lambda text, part: part in text),
    "starts": _saying(str.startswith),
    "ends": _saying(str.endswith),
    "before": before,
    "after": after,
    "language_matches": language_matches,
    "same_term": lambda first, second: first == second,
    "with_datatype": with_datatype,
    "with_language": with_language,
}
STRING = XSD + "string"
