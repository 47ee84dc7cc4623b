"""The high byte of a term's number tells its kind and datatype, so that most questions about a term need no lookup."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, XSD

SHIFT = 56
"""A term's number is its tag shifted by this, and the upper bits of the hash of its text."""

IRI, BLANK, STRING, LANGUAGE = range(4)
OTHER = 127

_BOOLEAN = ("boolean",)
_INTEGERS = [
    "integer",
    "nonPositiveInteger",
    "negativeInteger",
    "nonNegativeInteger",
    "positiveInteger",
    "long",
    "int",
    "short",
    "byte",
    "unsignedLong",
    "unsignedInt",
    "unsignedShort",
    "unsignedByte",
]
_DATES = ["dateTime", "dateTimeStamp", "date", "time", "gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay"]
DURATION_NAMES = ["duration", "dayTimeDuration", "yearMonthDuration"]
_TEXTS = ["anyURI", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"]
_BINARY = ["hexBinary", "base64Binary"]

TAGS: dict[str, int] = {XSD + "string": STRING, RDF + "langString": LANGUAGE} | {
    XSD + name: tag
    for first, names in (
        (8, _INTEGERS),
        (24, ["decimal", "float", "double"]),
        (32, _BOOLEAN),
        (40, _DATES),
        (56, DURATION_NAMES),
        (64, _BINARY),
        (72, _TEXTS),
    )
    for tag, name in enumerate(names, start=first)
}
"""Datatype IRI to tag; every other datatype has the tag `OTHER`."""

NUMBERS = range(8, 27)
FLOAT, DOUBLE = TAGS[XSD + "float"], TAGS[XSD + "double"]
EXACT_NUMBERS = range(8, FLOAT)
VALUED = range(8, 66)
"""Tags whose lexical forms are checked: a literal with such a tag and without a value is ill-formed."""
DATATYPES = {tag: iri for iri, tag in TAGS.items()}


def tag_of(term: Term) -> int:
    """The tag of a term."""
    if not terms.is_literal(term):
        return IRI if terms.is_iri(term) else BLANK
    return TAGS.get(terms.datatype(term), OTHER)


def tag_sql(text: str) -> str:
    """The tag of the term whose N-Triples text is the given SQL expression; the ending of the text decides."""
    known = " ".join(
        f"WHEN ends_with({text}, '#{iri.removeprefix(XSD)}>') THEN {tag}"
        for iri, tag in TAGS.items()
        if iri.startswith(XSD)
    )
    return (
        f"CASE WHEN starts_with({text}, '<') THEN {IRI} WHEN starts_with({text}, '_') THEN {BLANK} "
        f"WHEN ends_with({text}, '\"') THEN {STRING} WHEN NOT ends_with({text}, '>') THEN {LANGUAGE} "
        f"WHEN {_of_xsd(text)} THEN CASE {known} ELSE {OTHER} END ELSE {OTHER} END"
    )


def _of_xsd(text: str) -> str:
    """Whether a literal's datatype lies in the XSD namespace: the text behind its last quotation mark tells."""
    return f"starts_with(split_part({text}, '\"', -1), '^^<{XSD}')"
