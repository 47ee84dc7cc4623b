"""Regular expressions that Python decides as RE2 would: plain patterns, and texts of ASCII for those with classes."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.said import ASK, Of
from mcqms_kg.shacl.straight import straight

_SECONDS = 0.02
"""A pattern that retries longer on one text is left to RE2, which never does."""
_UNSURE = re.compile(r"--|[+*?}]\+|\{(?![0-9]+(?:,[0-9]*)?\})")
"""What is no XPath, and what the two read differently."""
_CLASS = re.compile(r"\\[A-Za-z]")
"""What stands for a class of characters, whose members beyond ASCII the two may not agree on."""


def is_for_ascii(pattern: str, flags: str) -> bool:
    """Whether Python knows only of ASCII what the pattern matches."""
    return bool(flags or _CLASS.search(pattern))


def matches(pattern: str, flags: str) -> Of | None:
    """Whether the lexical form of a literal, or an IRI, matches; a blank node has no text."""
    if flags.strip("i") or not pattern.isascii() or _UNSURE.search(pattern) or (flags and "\\p" in pattern.lower()):
        return None
    match, is_of_ascii = straight(pattern, flags) or _bounded(pattern, flags), is_for_ascii(pattern, flags)

    def read(given: tuple[Term | None, ...]) -> object:
        term = given[0]
        if term is None:
            return ASK
        if term.startswith("_:"):
            return None
        text = terms.lexical(term)
        if is_of_ascii and not text.isascii():
            return ASK
        try:
            return match(text) is not None
        except TimeoutError:
            return ASK

    return read


def _bounded(pattern: str, flags: str) -> Callable[[str], object]:
    from mcqms_kg.shacl.searching import compiled  # takes long to import: only where a pattern needs a bound

    return partial(compiled(pattern, flags).search, timeout=_SECONDS)
