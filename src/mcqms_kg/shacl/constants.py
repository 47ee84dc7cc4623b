"""Constants whose value is told by one number: rows compare with them without a row of their own."""

from __future__ import annotations

from decimal import Decimal

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.graph.columns.values import FARTHEST
from mcqms_kg.model import Term

_DIGITS = 15


def simple_value(constant: Term) -> bool | Decimal | xsd.Moment | None:
    """A truth, a number that a double tells from all others, or a moment of whole microseconds; nothing for any other value."""
    tag = tags.tag_of(constant)
    if tag not in tags.VALUED:
        return None
    found = xsd.value(terms.lexical(constant), tags.DATATYPES[tag])
    if isinstance(found, bool):
        return found
    if isinstance(found, Decimal) and abs(found) < 10**_DIGITS and Decimal(f"{float(found):.{_DIGITS}g}") == found:
        return found
    if isinstance(found, xsd.Moment) and not found.finer and abs(found.microseconds) < FARTHEST:
        return found
    return None
