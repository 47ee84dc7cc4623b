"""REGEX and REPLACE on terms (SPARQL 1.1, 17.4.3.14 and 17.4.3.15), within bounds of time."""

from __future__ import annotations

from collections.abc import Callable

from mcqms_kg.errors import RulebookError
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.computing.beyond import Beyond
from mcqms_kg.shacl.near.computing.texts import again, text_of
from mcqms_kg.shacl.near.matched import is_for_ascii, matches
from mcqms_kg.shacl.near.said import ASK

_SECONDS = 0.02
"""A pattern that retries longer on one text is left to others."""
_MOST = 100


def matching(pattern: str, flags: str) -> Callable[[Term], bool | None]:
    """Whether a string matches."""
    of = matches(pattern, flags)
    if of is None:
        raise Beyond("Such a pattern")

    def matched(term: Term) -> bool | None:
        if text_of(term) is None:
            return None
        said = of((term,))
        if said is ASK:
            raise Beyond("A text that the pattern may match otherwise")
        return bool(said)

    return matched


def replacing(pattern: str, replacement: str, flags: str) -> Callable[[Term], Term | None]:
    """A string with what matches replaced; a pattern that matches the empty text is an error to XPath, and groups are not numbered here."""
    if set(replacement) & set("$\\") or matches(pattern, flags) is None or len(pattern) > _MOST:
        raise Beyond("Such a replacement")
    from mcqms_kg.shacl.searching import compiled  # takes long to import: only where there is a pattern

    try:
        found = compiled(pattern, flags)
    except RulebookError as problem:
        raise Beyond("A pattern that is none") from problem
    if found.search("") is not None:
        raise Beyond("A pattern that matches the empty text")

    def replaced(term: Term) -> Term | None:
        given = text_of(term)
        if given is None:
            return None
        if not given[0].isascii() and is_for_ascii(pattern, flags):
            raise Beyond("A text beyond ASCII under a pattern")
        try:
            return again(found.sub(lambda _: replacement, given[0], timeout=_SECONDS), given[1])
        except TimeoutError as problem:
            raise Beyond("A pattern that retries long") from problem

    return replaced
