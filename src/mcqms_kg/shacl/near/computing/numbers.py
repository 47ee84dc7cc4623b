"""Numbers of XSD as terms, and arithmetic on them (SPARQL 1.1, 17.3 and 17.4.4; XPath functions and operators, 4)."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from decimal import Context, Decimal, Inexact
from functools import lru_cache
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near.computing.beyond import Beyond

Number = int | Decimal | float
"""The value of a number; its class tells its type: `xsd:integer` and what derives from it, `xsd:decimal`, `xsd:double`."""

DIGITS = 18
"""Digits behind the point of a quotient: as many as XML Schema asks for at least; what follows is cut off, as XPath lets us."""
EXACT = Context(prec=400, traps=[Inexact])
_SMALL, _LARGE = 1e-6, 1e6
"""XPath writes doubles between these as decimals."""
_DECIMAL = tags.TAGS[XSD + "decimal"]
_UNDEFINED = range(40, 59)
"""Dates, times and durations: arithmetic on them is not that of numbers."""


@lru_cache(maxsize=200_000)
def number(term: Term) -> Number | None:
    """The value of a number; nothing for any other term. Raises `Beyond` for what only others compute with."""
    tag = tags.tag_of(term)
    if tag not in tags.NUMBERS:
        if tag in _UNDEFINED:
            raise Beyond("Arithmetic on moments and durations")
        return None
    if tag == tags.FLOAT:
        raise Beyond("Arithmetic in single precision")
    found = xsd.value(terms.lexical(term), tags.DATATYPES[tag])
    if isinstance(found, Decimal):
        return found if tag == _DECIMAL else int(found)
    return found if isinstance(found, float) else None


def as_term(value: Number) -> Term:
    """The canonical form of integers and decimals (XML Schema 1.1); doubles as XPath casts them to texts."""
    if isinstance(value, int):
        return Term(f'"{value}"^^<{XSD}integer>')
    if isinstance(value, Decimal):
        return Term(f'"{plain(value)}"^^<{XSD}decimal>')
    return Term(f'"{_of_double(value)}"^^<{XSD}double>')


def plain(value: Decimal) -> str:
    """A decimal without needless zeros, and without a point where nothing is behind it."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _of_double(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else "0"
    digits = Decimal(repr(value))
    if _SMALL <= abs(value) < _LARGE:
        return plain(digits)
    sign, figures, exponent = digits.as_tuple()
    text = "".join(map(str, figures)).rstrip("0")
    power = len(figures) - 1 + int(exponent)
    return f"{'-' * sign}{text[0]}.{text[1:] or '0'}E{power}"


def promoted(first: Number, second: Number) -> tuple[Number, Number]:
    """Both in the type that they are computed in."""
    if isinstance(first, float) or isinstance(second, float):
        return _double(first), _double(second)
    if isinstance(first, Decimal) or isinstance(second, Decimal):
        return Decimal(first), Decimal(second)
    return first, second


def _double(value: Number) -> float:
    try:
        return float(value)
    except OverflowError as problem:
        raise Beyond("A number beyond doubles") from problem


def _calculating(
    exact: Callable[[Decimal, Decimal], Decimal], plainly: Callable[[Any, Any], Any]
) -> Callable[[Term, Term], Term | None]:
    def calculate(left: Term, right: Term) -> Term | None:
        first, second = number(left), number(right)
        if first is None or second is None:
            return None
        first, second = promoted(first, second)
        if isinstance(first, Decimal) and isinstance(second, Decimal):
            return as_term(exact(first, second))
        return as_term(plainly(first, second))

    return calculate


def divide(left: Term, right: Term) -> Term | None:
    """A quotient: a decimal of two integers too; by zero an error, but for doubles."""
    first, second = number(left), number(right)
    if first is None or second is None:
        return None
    if isinstance(first, float) or isinstance(second, float):
        one, other = _double(first), _double(second)
        if other == 0:
            raise Beyond("A double divided by zero")
        return as_term(one / other)
    return None if second == 0 else as_term(quotient(first, second))


def quotient(first: int | Decimal, second: int | Decimal) -> Decimal:
    one, other = Decimal(first).as_integer_ratio(), Decimal(second).as_integer_ratio()
    above, below = one[0] * other[1] * 10**DIGITS, one[1] * other[0]
    cut = abs(above) // abs(below)
    return EXACT.scaleb(Decimal(cut if (above < 0) == (below < 0) else -cut), -DIGITS)


def absolute(term: Term) -> Term | None:
    found = number(term)
    return None if found is None else as_term(-found if found < 0 else found)


def _rounding(whole: Callable[[Decimal], int]) -> Callable[[Term], Term | None]:
    def rounded(term: Term) -> Term | None:
        found = number(term)
        if isinstance(found, float):
            raise Beyond("A rounded double")
        if found is None or isinstance(found, int):
            return None if found is None else as_term(found)
        return as_term(Decimal(whole(found)))

    return rounded


OF_ONE: Mapping[str, Callable[[Term], Term | None]] = {
    "absolute": absolute,
    "ceiling": _rounding(math.ceil),
    "floor": _rounding(math.floor),
    "round": _rounding(lambda value: math.floor(value + Decimal("0.5"))),
}
OF_TWO: Mapping[str, Callable[[Term, Term], Term | None]] = {
    "add": _calculating(EXACT.add, operator.add),
    "subtract": _calculating(EXACT.subtract, operator.sub),
    "multiply": _calculating(EXACT.multiply, operator.mul),
    "divide": divide,
}
