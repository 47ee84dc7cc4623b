"""Names as they are shown: without anything invisible, and not longer than a reader wants."""

from __future__ import annotations

import re

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.model.countries import country_code, country_name
from mcqms_kg.pathway.projection.facts import Facts

_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")
LONGEST = 200
"""Characters of a name that are shown; names come from outside and may be of any length."""


def shown(text: str) -> str:
    """A text from outside as it may be shown anywhere."""
    clean = _INVISIBLE.sub(" ", text)
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1] + "…"


def name(facts: Facts, term: Term, language: str) -> str:
    """What a reader would call the term, as it may be shown."""
    return shown(facts.name(term, language))


def place(facts: Facts, term: Term, language: str) -> str:
    """The same for a place: a country, which is told by its code, is called by its name."""
    code = country_code(terms.lexical(term)) if terms.is_literal(term) else ""
    return country_name(code, language) if code else name(facts, term, language)
