"""Conditions on terms that Python decides as SQL would, in the commonest cases; in every other case they say that SQL must be asked."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.shacl.near import arithmetic, moments
from mcqms_kg.shacl.near.matched import matches
from mcqms_kg.shacl.near.said import ASK, Of
from mcqms_kg.shacl.plans.plan import Call, Const, Var

_COMPARISONS: Mapping[str, tuple[Callable[[Any, Any], bool], bool]] = {
    "less": (operator.lt, False),
    "less_or_equal": (operator.le, False),
    "greater": (operator.lt, True),
    "greater_or_equal": (operator.le, True),
}
_COUNTS: Mapping[str, Callable[[int, int], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "exactly": operator.eq,
}


def decided(call: Call) -> Of | None:
    """The condition on the terms of its variables and constants, in order; nothing for what only SQL knows."""
    if call.function in _COMPARISONS and all(isinstance(side, Var | Const) for side in call.arguments):
        compare, turned = _COMPARISONS[call.function]
        return lambda given: compared(compare, *(given[::-1] if turned else given))
    if call.function in ("equal", "unequal") and all(isinstance(side, Var | Const) for side in call.arguments):
        return equal if call.function == "equal" else lambda given: _not(equal(given))
    if call.function == "matches" and isinstance(call.arguments[0], Var):
        return matches(str(call.arguments[1]), str(call.arguments[2]))
    if call.function == "has_datatype" and isinstance(call.arguments[0], Var):
        return _of_datatype(str(call.arguments[1]))
    if call.function == "is_well_formed" and isinstance(call.arguments[0], Var):
        return lambda given: ASK if given[0] is None else _is_well_formed(given[0])
    if call.function == "has_language" and isinstance(call.arguments[0], Var):
        return _of_language(str(call.arguments[1]).lower())
    if call.function == "language" and isinstance(call.arguments[0], Var):
        return lambda given: terms.language(given[0]) if given[0] and terms.is_literal(given[0]) else ASK
    if call.function in _COUNTS:
        return _of_length(call)
    return arithmetic.compared(call)


def compared(compare: Callable[[Any, Any], bool], left: Term | None, right: Term | None) -> object:
    """`<` or `<=`; nothing where the values have no order."""
    if left is None or right is None:
        return ASK
    pair = tags.tag_of(left), tags.tag_of(right)
    if pair == (tags.STRING, tags.STRING):
        return compare(terms.lexical(left), terms.lexical(right))
    if tags.STRING in pair:
        return ASK
    first, second = _value(left, pair[0]), _value(right, pair[1])
    if first is None or second is None:
        return None
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return compare(first, second)
    if isinstance(first, xsd.Moment) and isinstance(second, xsd.Moment) and pair[0] == pair[1]:
        return moments.ordered(compare, first, second)
    return _order(compare, first, second) if tags.DOUBLE in pair and set(pair) <= set(tags.NUMBERS) else ASK


@lru_cache(maxsize=100_000)
def _value(term: Term, tag: int) -> Any:
    return xsd.value(terms.lexical(term), tags.DATATYPES[tag]) if tag in tags.VALUED else None


def _order(compare: Callable[[Any, Any], bool], first: Decimal | float, second: Decimal | float) -> object:
    """As doubles; what is no number has no order."""
    try:
        one, other = float(first), float(second)
    except OverflowError:
        return ASK
    return None if math.isnan(one) or math.isnan(other) else compare(one, other)


def equal(given: tuple[Term | None, ...]) -> object:
    """SPARQL's `=` on terms: by value where both have one; an error where only the text of an unknown value differs."""
    left, right = given
    if left is None or right is None:
        return ASK
    if not (terms.is_literal(left) and terms.is_literal(right)):
        return left == right
    pair = tags.tag_of(left), tags.tag_of(right)
    first, second = _value(left, pair[0]), _value(right, pair[1])
    if first is not None and second is not None:
        return _equal_values(pair, first, second)
    if left == right:
        return True
    unknown = (tag > tags.LANGUAGE and found is None for tag, found in zip(pair, (first, second), strict=True))
    return None if any(unknown) else False


def _equal_values(pair: tuple[int, int], first: Any, second: Any) -> object:
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return first == second
    if isinstance(first, bool) and isinstance(second, bool):
        return first == second
    if isinstance(first, xsd.Moment) and pair[0] == pair[1] and first.zoned == second.zoned:
        return (first.microseconds, first.finer) == (second.microseconds, second.finer)
    return ASK


def _not(said: object) -> object:
    return not said if isinstance(said, bool) else said


def _of_datatype(iri: str) -> Of | None:
    tag = tags.TAGS.get(iri)
    return None if tag is None else lambda given: ASK if given[0] is None else tags.tag_of(given[0]) == tag


def _is_well_formed(term: Term) -> bool:
    tag = tags.tag_of(term)
    return tag not in tags.VALUED or xsd.value(terms.lexical(term), tags.DATATYPES[tag]) is not None


def _of_language(wanted: str) -> Of:
    def has_language(given: tuple[Term | None, ...]) -> object:
        if given[0] is None or not terms.is_literal(given[0]):
            return ASK
        language = terms.language(given[0])
        return language != "" if wanted == "*" else language == wanted or language.startswith(f"{wanted}-")

    return has_language


def _of_length(call: Call) -> Of | None:
    measured, number = call.arguments
    if not isinstance(measured, Call) or measured.function != "length" or not isinstance(measured.arguments[0], Var):
        return None
    compare = _COUNTS[call.function]

    def read(given: tuple[Term | None, ...]) -> object:
        if given[0] is None or terms.is_blank(given[0]):
            return ASK
        return compare(len(terms.lexical(given[0])), int(str(number)))

    return read
