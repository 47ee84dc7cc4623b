"""SPARQL's functions on dates and times (SPARQL 1.1, 17.4.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near.computing import numbers
from mcqms_kg.shacl.near.computing.beyond import Beyond

_PARTS = re.compile(
    r"(?P<year>-?[0-9]+)-(?P<month>[0-9]+)-(?P<day>[0-9]+)(?:T(?P<hours>[0-9]+):(?P<minutes>[0-9]+):(?P<seconds>[0-9.]+))?(?P<zone>Z|[+-][0-9:]+)?"
)
_USUAL = re.compile(
    r'"[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])'
    r"(?:T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?(?:Z|[+-]0[0-9]:[0-5][0-9])?\"\^\^<"
    rf'{re.escape(XSD)}dateTime>|"\^\^<{re.escape(XSD)}date>)'
)
"""Most moments, and dates without a zone, which are what they should be."""
_MOMENTS = {tags.TAGS[XSD + name] for name in ("date", "dateTime", "dateTimeStamp")}
_OTHERS = range(43, 49)
"""Times and parts of dates, of which engines tell more than SPARQL asks for."""


def _parts(term: Term) -> re.Match[str] | None:
    """The parts of a date or moment as written; years, months and days of dates are told too, as all engines do."""
    if _USUAL.fullmatch(term):
        return _PARTS.fullmatch(term, 1, term.index('"', 1))
    tag = tags.tag_of(term)
    if tag in _OTHERS:
        raise Beyond("The parts of a time")
    if tag not in _MOMENTS or xsd.value(terms.lexical(term), tags.DATATYPES[tag]) is None:
        return None
    found = _PARTS.fullmatch(terms.lexical(term))
    if not found or found["hours"] == "24":
        raise Beyond("The end of a day")
    return found


def _part(name: str) -> Callable[[Term], Term | None]:
    def part(term: Term) -> Term | None:
        found = _parts(term)
        return None if found is None or found[name] is None else numbers.as_term(int(found[name]))

    return part


def _seconds(term: Term) -> Term | None:
    found = _parts(term)
    return None if found is None or found["seconds"] is None else numbers.as_term(Decimal(found["seconds"]))


def _zone(term: Term) -> Term | None:
    found = _parts(term)
    return None if found is None or found["hours"] is None else terms.literal(found["zone"] or "")


OF_ONE: Mapping[str, Callable[[Term], Term | None]] = {
    **{name: _part(name) for name in ("year", "month", "day", "hours", "minutes")},
    "seconds": _seconds,
    "zone": _zone,
}
