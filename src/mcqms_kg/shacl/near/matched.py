"""Regular expressions that Python decides as RE2 would: plain patterns, and texts of ASCII for those with classes."""

from __future__ import annotations

import re
from collections.abc import Callable

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.said import ASK, Of

_SECONDS = 0.02
"""A pattern that retries longer on one text is left to RE2, which never does."""
_UNSURE = re.compile(r"--|[+*?}]\+|\{(?![0-9]+(?:,[0-9]*)?\})")
"""What is no XPath, and what the two read differently."""
_CLASS = re.compile(r"\\[A-Za-z]")
"""What stands for a class of characters, whose members beyond ASCII the two may not agree on."""

_ATOM = r"(?:[^\\\[\](){}*+?|^$]|\\[^\w\s]|\[\^?[^\\\[\]&~|^]+\])"
_ONCE = rf"(?:{_ATOM}(?:\?|\{{[0-9]{{1,3}}\}})?)*"
_STRAIGHT = re.compile(rf"\^{_ONCE}(?:{_ATOM}(?:[*+]|\{{[0-9]{{1,3}},[0-9]{{0,3}}\}}))?{_ONCE}(\$?)")
"""From the start of the text, without groups and choices, and at most one part of any length: it takes one pass, and needs no bound."""
_LONG, _MANY = 200, 4


def _straight(pattern: str, flags: str) -> Callable[[str], object] | None:
    """The pattern for Python's own `re`, which is ten times as fast as one with a bound; nothing where it might not end soon."""
    found = _STRAIGHT.fullmatch(pattern) if len(pattern) <= _LONG else None
    if not found or flags or pattern.count("?") > _MANY:
        return None
    try:
        return re.compile(rf"{pattern[:-1]}\Z" if found[1] else pattern).match
    except re.error:
        return None


def is_for_ascii(pattern: str, flags: str) -> bool:
    """Whether Python knows only of ASCII what the pattern matches."""
    return bool(flags or _CLASS.search(pattern))


def matches(pattern: str, flags: str) -> Of | None:
    """Whether the lexical form of a literal, or an IRI, matches; a blank node has no text."""
    if flags.strip("i") or not pattern.isascii() or _UNSURE.search(pattern) or (flags and "\\p" in pattern.lower()):
        return None
    from mcqms_kg.shacl.searching import compiled  # takes long to import: only where there is a pattern

    straight = _straight(pattern, flags)
    search, is_of_ascii = compiled(pattern, flags).search, is_for_ascii(pattern, flags)

    def read(given: tuple[Term | None, ...]) -> object:
        term = given[0]
        if term is None:
            return ASK
        if term.startswith("_:"):
            return None
        text = terms.lexical(term)
        if is_of_ascii and not text.isascii():
            return ASK
        if straight:
            return straight(text) is not None
        try:
            return search(text, timeout=_SECONDS) is not None
        except TimeoutError:
            return ASK

    return read
