"""Expressions that the numbers of the terms, or a count, decide: no text has to be looked at."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.kinds import Kinds, Read, Value
from mcqms_kg.shacl.plans.plan import Call, Const, Var

Numbers = Callable[[Term], int]
_COUNTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "exactly": operator.eq,
    "less": operator.lt,
    "less_or_equal": operator.le,
    "greater": operator.gt,
    "greater_or_equal": operator.ge,
    "equal": operator.eq,
    "unequal": operator.ne,
}
_OF_TAG: Mapping[str, Callable[[int], bool]] = {
    "is_iri": lambda tag: tag == tags.IRI,
    "is_blank": lambda tag: tag == tags.BLANK,
    "is_literal": lambda tag: tag >= tags.STRING,
    "is_tagged": lambda tag: tag == tags.LANGUAGE,
}


def of_number(call: Call, kinds: Kinds, number: Numbers) -> Read | None:
    """A condition: true, false, or nothing for an error; none where more must be looked at."""
    first, *rest = call.arguments or (None,)
    if not isinstance(first, Var):
        return None
    name = first.name
    if kinds.get(name) == "number":
        return _of_count(call.function, name, rest)
    if name in kinds:
        return None
    if is_tag := _tag_test(call.function, rest):
        return lambda row: None if (given := row.get(name)) is None else is_tag(given >> tags.SHIFT)  # type: ignore[operator]  # a number
    if call.function in ("in", "not_in") and all(isinstance(member, Const) for member in rest):
        members = {number(member.term) for member in rest if isinstance(member, Const)}
        return _membership(name, members, call.function == "in")
    if call.function == "same_term":
        return _same_term(name, rest[0], kinds, number)
    return (lambda row: row.get(name) is not None) if call.function == "bound" else None


def _of_count(function: str, name: str, rest: list[Any]) -> Read | None:
    wanted = _exact(rest[0]) if rest else None
    if function not in _COUNTS or wanted is None:
        return None
    compare = _COUNTS[function]
    return lambda row: None if (count := row[name]) is None else compare(count, wanted)


def _exact(side: object) -> int | Decimal | None:
    """A number that is written in the shape."""
    if isinstance(side, int):
        return side
    if not isinstance(side, Const) or tags.tag_of(side.term) not in tags.EXACT_NUMBERS:
        return None
    found = xsd.value(terms.lexical(side.term), terms.datatype(side.term))
    return found if isinstance(found, Decimal) else None


def _tag_test(function: str, rest: list[Any]) -> Callable[[int], bool] | None:
    if function == "has_datatype" and rest[0] in tags.TAGS:
        wanted = tags.TAGS[rest[0]]
        return lambda tag: tag == wanted
    if function == "is_well_formed" and tags.TAGS.get(rest[0], 0) not in tags.VALUED:
        return lambda _: True
    return _OF_TAG.get(function)


def _membership(name: str, members: set[int], wanted: bool) -> Read:
    if not members:
        return lambda _: not wanted
    return lambda row: None if (given := row.get(name)) is None else (given in members) is wanted


def _same_term(name: str, other: object, kinds: Kinds, number: Numbers) -> Read | None:
    if isinstance(other, Const):
        wanted = number(other.term)
        return lambda row: None if (given := row.get(name)) is None else given == wanted
    if not isinstance(other, Var) or other.name in kinds:
        return None
    second = other.name
    return lambda row: None if None in (pair := (row.get(name), row.get(second))) else pair[0] == pair[1]


def value_of_number(call: Call, kinds: Kinds) -> Read | None:
    """A computed term that is one of those given."""
    names = [side.name for side in call.arguments if isinstance(side, Var)]
    if len(names) < len(call.arguments) or set(names) & kinds.keys():
        return None
    if call.function == "coalesce":
        return lambda row: next((row[name] for name in names if row.get(name) is not None), None)
    if call.function == "iri_or_nothing":
        (name,) = names
        return lambda row: _iri_or_nothing(row.get(name))
    return None


def _iri_or_nothing(given: Value) -> Value:
    return given if isinstance(given, int) and given >> tags.SHIFT == tags.IRI else None
