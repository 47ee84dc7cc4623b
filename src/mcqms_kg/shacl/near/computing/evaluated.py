"""Expressions of plans evaluated on terms: each becomes a function of the terms of its variables and constants, in their order."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near import known
from mcqms_kg.shacl.near.computing import moments, numbers, texts
from mcqms_kg.shacl.near.computing.beyond import Beyond
from mcqms_kg.shacl.near.computing.casts import cast, truth
from mcqms_kg.shacl.near.computing.replacing import matching, replacing
from mcqms_kg.shacl.near.said import ASK, Of
from mcqms_kg.shacl.plans.plan import Call, Const, Var

Given = tuple[Term | None, ...]
Said = Term | bool | None
"""A term, a truth value, or nothing: SPARQL's error, and what is unbound."""
Read = Callable[[Given], Said]

_ORDERS: Mapping[str, tuple[Callable[[Any, Any], bool], bool]] = {
    "less": (operator.lt, False),
    "less_or_equal": (operator.le, False),
    "greater": (operator.lt, True),
    "greater_or_equal": (operator.le, True),
}
_BOOLEAN = tags.TAGS[XSD + "boolean"]
_ONE: Mapping[str, Callable[[Term], Said]] = {
    **texts.OF_ONE, **numbers.OF_ONE, **moments.OF_ONE, "is_numeric": texts.is_numeric,
}  # fmt: skip
_TWO: Mapping[str, Callable[[Term, Term], Said]] = {**texts.OF_TWO, **numbers.OF_TWO}


@lru_cache(maxsize=2_000)
def evaluated(expression: Call) -> Of | None:
    """What the expression says; nothing where it holds what is not evaluated here."""
    try:
        read = _read(expression, count())
    except Beyond:
        return None

    def of(given: Given) -> object:
        try:
            return read(given)
        except Beyond:
            return ASK

    return of


def as_term(said: object) -> Term | None:
    """What was said, as a term."""
    return truth(said) if isinstance(said, bool) else said  # type: ignore[return-value]  # a term or nothing


def _read(part: object, places: Iterator[int]) -> Read:
    if isinstance(part, Var | Const):
        place = next(places)
        return lambda given: given[place]
    if not isinstance(part, Call):
        raise Beyond("EXISTS inside a larger expression")
    if part.function in _FORMS:
        return _FORMS[part.function](*(_read(one, places) for one in part.arguments))
    settings = [one for one in part.arguments if isinstance(one, str | int)]
    parts = [_read(one, places) for one in part.arguments if not isinstance(one, str | int)]
    function = _function(part.function, settings)
    return _of_one(function, parts[0]) if len(parts) == 1 else _of_several(function, parts)


def _function(name: str, settings: list[str | int]) -> Callable[..., Said]:
    if name == "cast":
        datatype = str(settings[0])
        return lambda term: cast(term, datatype)
    if name == "regex":
        return matching(*map(str, settings))
    if name == "replace":
        return replacing(*map(str, settings))
    found = _ONE.get(name) or _TWO.get(name) or _SEVERAL.get(name)
    if found is None or settings:
        raise Beyond(f"The function {name}")
    return found


def _of_one(function: Callable[..., Said], part: Read) -> Read:
    """The function of what is no error."""

    def read(given: Given) -> Said:
        found = part(given)
        return None if found is None else function(truth(found) if isinstance(found, bool) else found)

    return read


def _of_several(function: Callable[..., Said], parts: list[Read]) -> Read:
    def read(given: Given) -> Said:
        found = [as_term(part(given)) for part in parts]
        return None if None in found else function(*found)

    return read


def _ordered(name: str) -> Callable[[Term, Term], Said]:
    compare, turned = _ORDERS[name]

    def said(left: Term, right: Term) -> Said:
        first, second = (right, left) if turned else (left, right)
        pair = tags.tag_of(first), tags.tag_of(second)
        if pair[0] in tags.NUMBERS and pair[1] in tags.NUMBERS:
            return _compared(compare, first, second)
        if tags.STRING in pair and pair[0] != pair[1] and _is_plain(pair):
            return None
        return _sure(known.compared(compare, first, second))

    return said


def _is_plain(pair: tuple[int, int]) -> bool:
    """Whether both kinds are such as SPARQL knows: a string has no order beside another."""
    return all(tag <= tags.LANGUAGE or tag in tags.NUMBERS or tag == _BOOLEAN for tag in pair)


def _compared(compare: Callable[[Any, Any], bool], left: Term, right: Term) -> Said:
    """Two numbers compared; nothing where one is ill-formed."""
    first, second = numbers.number(left), numbers.number(right)
    return None if first is None or second is None else compare(*numbers.promoted(first, second))


def equal(left: Term, right: Term) -> Said:
    pair = tags.tag_of(left), tags.tag_of(right)
    if pair[0] in tags.NUMBERS and pair[1] in tags.NUMBERS:
        found = _compared(operator.eq, left, right)
        return found if found is not None else _sure(known.equal((left, right)))
    return _sure(known.equal((left, right)))


def _unequal(left: Term, right: Term) -> Said:
    found = equal(left, right)
    return None if found is None else not found


def _sure(said: object) -> Said:
    if said is ASK:
        raise Beyond("Such a comparison")
    return said  # type: ignore[return-value]  # a truth value, or nothing


_SEVERAL: Mapping[str, Callable[..., Said]] = {
    "substring": texts.substring,
    "concat": texts.concat,
    "equal": equal,
    "unequal": _unequal,
    **{name: _ordered(name) for name in _ORDERS},
}


def effective(said: Said) -> bool | None:
    """The effective boolean value (SPARQL 1.1, 17.2.2)."""
    if said is None or isinstance(said, bool):
        return said
    tag = tags.tag_of(said)
    if tag in (tags.STRING, tags.LANGUAGE):
        return terms.lexical(said) != ""
    if tag == _BOOLEAN:
        return bool(xsd.value(terms.lexical(said), XSD + "boolean"))
    if tag in tags.NUMBERS:
        found = numbers.number(said)
        return bool(found) and found == found  # a double that is no number is not itself
    return None


def _and(*parts: Read) -> Read:
    def read(given: Given) -> Said:
        found = [effective(part(given)) for part in parts]
        return False if False in found else None if None in found else True

    return read


def _or(*parts: Read) -> Read:
    def read(given: Given) -> Said:
        found = [effective(part(given)) for part in parts]
        return True if True in found else None if None in found else False

    return read


def _not(part: Read) -> Read:
    def read(given: Given) -> Said:
        found = effective(part(given))
        return None if found is None else not found

    return read


def _if(condition: Read, yes: Read, no: Read) -> Read:
    def read(given: Given) -> Said:
        found = effective(condition(given))
        return None if found is None else yes(given) if found else no(given)

    return read


def _coalesce(*parts: Read) -> Read:
    return lambda given: next((found for part in parts if (found := part(given)) is not None), None)


_FORMS: Mapping[str, Callable[..., Read]] = {
    "term_of": lambda part: lambda given: as_term(part(given)),
    "boolean": lambda part: lambda given: effective(part(given)),
    "bound": lambda part: lambda given: part(given) is not None,
    "unbound": lambda: lambda given: None,  # noqa: ARG005  # nothing is asked of the row
    "is_not_true": lambda part: lambda given: effective(part(given)) is not True,
    "and": _and,
    "or": _or,
    "not": _not,
    "if": _if,
    "coalesce": _coalesce,
}
"""Functions that are asked of errors too."""
