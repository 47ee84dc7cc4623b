"""Exact arithmetic on numbers and moments, as SQL has it; whatever would not be exact is left to SQL."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.graph.columns.values import space_of_moment
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near import moments
from mcqms_kg.shacl.near.said import ASK, Of
from mcqms_kg.shacl.plans.plan import Call, Const, Var

_EXACT = Context(prec=100, traps=[Inexact])
_DATE = tags.TAGS[XSD + "date"]
_MOVABLE = (_DATE, tags.TAGS[XSD + "dateTime"], tags.TAGS[XSD + "dateTimeStamp"])
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "less": operator.lt,
    "less_or_equal": operator.le,
    "greater": operator.gt,
    "greater_or_equal": operator.ge,
    "equal": operator.eq,
    "unequal": operator.ne,
}


@dataclass(frozen=True)
class _At:
    """A moment, and the space of values that it is compared in."""

    space: int
    moment: xsd.Moment


def compared(call: Call) -> Of | None:
    """A comparison of what is computed; nothing where the expression holds other functions."""
    if call.function not in _COMPARISONS or not all(map(_is_known, call.arguments)):
        return None
    compare = _COMPARISONS[call.function]

    def read(given: tuple[Any, ...]) -> object:
        sides = iter(given)
        first, second = (_value(part, sides) for part in call.arguments)
        if first is ASK or second is ASK:
            return ASK
        return _nothing(first, second) if first is None or second is None else _compared(compare, first, second)

    return read


def computed(expression: object) -> Of | None:
    """A number that is computed; nothing where the expression holds other functions."""
    return (lambda given: _value(expression, iter(given))) if _is_known(expression) else None


def _is_known(part: object) -> bool:
    if isinstance(part, Call):
        return part.function in (*_OPERATIONS, "coalesce") and all(map(_is_known, part.arguments))
    return isinstance(part, Var | Const)


def _compared(compare: Callable[[Any, Any], bool], first: Any, second: Any) -> object:
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return compare(first, second)
    if not isinstance(first, _At) or not isinstance(second, _At) or compare in (operator.eq, operator.ne):
        return ASK
    if compare in (operator.gt, operator.ge):
        first, second, compare = second, first, operator.lt if compare is operator.gt else operator.le
    return moments.ordered(compare, first.moment, second.moment) if first.space == second.space else None


def _value(part: object, sides: Iterator[Any]) -> Any:
    """A number, a moment, a duration, nothing for an error, or that SQL must be asked."""
    if not isinstance(part, Call):
        return _leaf(next(sides), isinstance(part, Const))
    if part.function == "coalesce":
        if any(isinstance(inner, Call) for inner in part.arguments):
            return ASK
        given = [(next(sides), isinstance(inner, Const)) for inner in part.arguments]
        return next((_leaf(*one) for one in given if one[0] is not None), None)
    found = [_value(inner, sides) for inner in part.arguments]
    if any(one is ASK for one in found):
        return ASK
    return _OPERATIONS[part.function](*found)


def _leaf(side: Any, is_constant: bool) -> Any:
    if side is None or isinstance(side, Decimal):
        return side
    if isinstance(side, int):
        return Decimal(side)
    tag = tags.tag_of(side)
    found = xsd.value(terms.lexical(side), tags.DATATYPES[tag]) if tag in tags.VALUED else ASK
    if found is None:
        return None
    if tag in tags.EXACT_NUMBERS:
        return _tidy(found)
    if tag in _MOVABLE:
        return _At(space_of_moment(tag), found)  # type: ignore[arg-type]  # the value of a date or time
    return found if is_constant and isinstance(found, xsd.Duration) else ASK


def _tidy(number: Any) -> Any:
    """The numbers that SQL computes with exactly: 28 digits before the point and ten behind it."""
    return number if abs(number) < 10**18 and number == round(number, 10) else ASK


def _nothing(*sides: Any) -> object:
    """An error beside numbers; what SQL makes of other values it must say itself."""
    return None if all(side is None or isinstance(side, Decimal) for side in sides) else ASK


def _number(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Any, Any], Any]:
    def calculate(first: Any, second: Any) -> Any:
        if first is None or second is None:
            return _nothing(first, second)
        both = isinstance(first, Decimal) and isinstance(second, Decimal)
        return _tidy(operation(first, second)) if both else ASK

    return calculate


def _moved(sign: int, operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Any, Any], Any]:
    calculate = _number(operation)

    def move(first: Any, second: Any) -> Any:
        if not isinstance(first, _At) or not isinstance(second, xsd.Duration):
            return calculate(first, second)
        found = moments.later(first.moment, second, sign, whole_days=first.space == _DATE)
        return _At(first.space, found) if isinstance(found, xsd.Moment) else ASK

    return move


def _absolute(number: Any) -> Any:
    return abs(number) if isinstance(number, Decimal) else None if number is None else ASK


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "add": _moved(1, _EXACT.add),
    "subtract": _moved(-1, _EXACT.subtract),
    "multiply": _number(_EXACT.multiply),
    "absolute": _absolute,
    "or_zero": lambda number: Decimal(0) if number is None else number if isinstance(number, Decimal) else ASK,
}


def total(numbers: list[Any]) -> Any:
    """The sum of a group; nothing where one of them is none."""
    if any(one is ASK or isinstance(one, _At | xsd.Duration) for one in numbers):
        return ASK
    if any(one is None for one in numbers):
        return None
    found = Decimal(0)
    for one in numbers:
        found = _EXACT.add(found, one)
    return _tidy(found)
