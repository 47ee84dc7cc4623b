"""Constructors of XSD datatypes (SPARQL 1.1, 17.5; XPath functions and operators, 17)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near.computing import numbers
from mcqms_kg.shacl.near.computing.beyond import Beyond

_BOOLEAN = tags.TAGS[XSD + "boolean"]
_SPACE = " \t\n\r"


def cast(term: Term, datatype: str) -> Term | None:
    """The term as a literal of the datatype, or nothing where it cannot be one. Raises `Beyond` for pairs that are not listed."""
    tag = tags.tag_of(term)
    if tag == tags.STRING:
        return _of_text(terms.lexical(term).strip(_SPACE), datatype) if datatype != XSD + "string" else term
    if tag in (tags.BLANK, tags.LANGUAGE) or (tag == tags.IRI and datatype != XSD + "string"):
        return None
    if tag == tags.IRI:
        return terms.literal(terms.lexical(term))
    if tag == _BOOLEAN:
        found = xsd.value(terms.lexical(term), XSD + "boolean")
        return None if found is None else _of_number(int(bool(found)), datatype, "true" if found else "false")
    if tag not in tags.NUMBERS:
        raise Beyond("Such a cast")
    value = numbers.number(term)
    return None if value is None else _of_number(value, datatype, terms.lexical(numbers.as_term(value)))


def _of_text(text: str, datatype: str) -> Term | None:
    found = xsd.value(text, datatype)
    if found is None:
        return None
    if datatype in (XSD + "integer", XSD + "decimal"):
        return numbers.as_term(int(found) if datatype == XSD + "integer" else found)  # type: ignore[arg-type]  # a number
    if isinstance(found, bool):
        return truth(found)
    if isinstance(found, float):
        return numbers.as_term(found)
    return terms.literal(text, datatype=datatype)


def _of_number(value: numbers.Number, datatype: str, text: str) -> Term | None:
    if datatype not in _OF_NUMBERS:
        return terms.literal(text) if datatype == XSD + "string" else None
    return _OF_NUMBERS[datatype](value)


def _to_whole(value: numbers.Number) -> Term | None:
    return None if _is_endless(value) else numbers.as_term(int(value))


def _to_decimal(value: numbers.Number) -> Term | None:
    if isinstance(value, float):
        raise Beyond("A double as a decimal")
    return numbers.as_term(Decimal(value))


def _is_endless(value: numbers.Number) -> bool:
    return isinstance(value, float) and not float("-inf") < value < float("inf")


def truth(said: bool) -> Term:
    return Term(f'"{"true" if said else "false"}"^^<{XSD}boolean>')


_OF_NUMBERS: Mapping[str, Callable[[numbers.Number], Term | None]] = {
    XSD + "integer": _to_whole,
    XSD + "decimal": _to_decimal,
    XSD + "double": lambda value: numbers.as_term(float(value)),
    XSD + "boolean": lambda value: truth(bool(value) and value == value),  # a double that is no number is not itself
}
