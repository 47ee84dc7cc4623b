"""Whether the literals that a query may meet are the same to the embedded store as they are in the data.

The store normalises literals. That does no harm where no two become one, the query does not look at how they are written, and results
are told as the data have them. Values that the store does not compute with, it passes over in silence: they are not taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyoxigraph as ox

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.graph.columns import xsd as columns_xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.plans.question import Traits

_DIGITS = 15
_MOMENTS = {tags.TAGS[XSD + name] for name in ("dateTime", "dateTimeStamp", "date")}
_PARTS_OF_MOMENTS = {
    tags.TAGS[XSD + name] for name in ("time", "gYear", "gYearMonth", "gMonthDay", "gMonth", "gDay", "dateTimeStamp")
}
"""Of these the store tells a year or an hour where others err."""
_ORDERED = {tags.STRING, tags.TAGS[XSD + "decimal"], tags.DOUBLE, *tags.EXACT_NUMBERS, *_MOMENTS}
_COMPARED = _ORDERED | {tags.LANGUAGE, tags.TAGS[XSD + "boolean"], tags.OTHER, *range(72, 79)}
"""Kinds of literal of which the store says what SPARQL says, by order and by equality."""


def spellings(literals: Iterable[Term], traits: Traits) -> Mapping[Term, Term]:
    """What the store makes of the literals that it writes otherwise. Raises `Unsupported` where the answer may depend on it."""
    met = set(literals) | traits.literals
    for literal in met:
        _refuse_unlike(literal, tags.tag_of(literal), traits)
    zoned = {zone for literal in met if (zone := _zoned(literal)) is not None} | ({True} if traits.asks_now else set())
    if len(zoned) > 1:
        raise Unsupported("Moments with and without a time zone, in the embedded store")
    return _written_otherwise(met, traits)


def _refuse_unlike(literal: Term, tag: int, traits: Traits) -> None:
    if tag == tags.STRING:
        text = terms.lexical(literal)
        if traits.casts and (text != text.strip() or (len(text) > _DIGITS and text.strip("+-0123456789.") == "")):
            raise Unsupported("The cast of such a text in the embedded store")
        return
    if traits.reads_moments and tag in _PARTS_OF_MOMENTS:
        raise Unsupported(f"The parts of {literal} in the embedded store")
    if traits.orders and tag not in _ORDERED and tag not in (tags.OTHER, *range(72, 79)):
        raise Unsupported(f"The order of {literal} in the embedded store")
    if (traits.compares or tag in tags.VALUED) and tag not in _COMPARED:
        raise Unsupported(f"The value of {literal} in the embedded store")
    if tag in tags.VALUED and not _is_within_bounds(literal, tag, traits):
        raise Unsupported(f"The value of {literal} in the embedded store")


def _is_within_bounds(literal: Term, tag: int, traits: Traits) -> bool:
    """Whether the store computes with the literal's value."""
    value = columns_xsd.value(terms.lexical(literal), tags.DATATYPES[tag])
    if isinstance(value, bool):
        return True
    if isinstance(value, float):
        return not traits.sums and not traits.casts
    if isinstance(value, Decimal):
        return abs(value) < 10 ** (9 if traits.sums else _DIGITS) and value == round(value, _DIGITS)
    return isinstance(value, columns_xsd.Moment) and not value.finer and _has_usual_year(literal)


def _has_usual_year(literal: Term) -> bool:
    return terms.lexical(literal)[4:5] == "-" and not terms.lexical(literal).startswith("-")


def _zoned(literal: Term) -> bool | None:
    tag = tags.tag_of(literal)
    if tag not in _MOMENTS:
        return None
    value = columns_xsd.value(terms.lexical(literal), tags.DATATYPES[tag])
    return value.zoned if isinstance(value, columns_xsd.Moment) else None


def _written_otherwise(met: set[Term], traits: Traits) -> Mapping[Term, Term]:
    """From what the store writes to what the data have."""
    found = {literal: kept(literal) for literal in met if tags.tag_of(literal) not in (tags.STRING, tags.OTHER)}
    changed = {literal: other for literal, other in found.items() if literal != other}
    if not changed:
        return {}
    if len({*found.values()}) < len(found):
        raise Unsupported("Literals that the embedded store takes for one")
    only_tags = all(tags.tag_of(literal) == tags.LANGUAGE for literal in changed)
    if traits.reads_tags or (traits.reads_forms and not only_tags):
        raise Unsupported("How literals are written, in the embedded store")
    if traits.gives_computed:
        raise Unsupported("A computed value beside literals that the embedded store writes otherwise")
    return {other: literal for literal, other in changed.items()}


def kept(literal: Term) -> Term:
    """The literal as the store gives it back."""
    store = ox.Store()
    node = ox.NamedNode("urn:x-mcqms:any")
    store.add(ox.Quad(node, node, as_node(literal)))
    (quad,) = store
    return Term(str(quad.object))


def as_node(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if terms.is_iri(term):
        return ox.NamedNode(terms.iri_text(term))
    if terms.is_blank(term):
        return ox.BlankNode(term.removeprefix("_:"))
    language = terms.language(term)
    if language:
        return ox.Literal(terms.lexical(term), language=language)
    return ox.Literal(terms.lexical(term), datatype=ox.NamedNode(terms.datatype(term)))
