"""Aggregates of SPARQL over the members of a group, as terms (SPARQL 1.1, 18.5.1)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.near.computing import numbers
from mcqms_kg.shacl.near.computing.beyond import Beyond

Members = Sequence[Term | None]
"""What was said of the rows of a group; nothing stands for an error, and for what is unbound."""
_MOMENTS = {tags.TAGS[XSD + "date"], tags.TAGS[XSD + "dateTime"]}


def added(members: Members) -> numbers.Number | None:
    """The sum: an integer where all are, a double where one is; nothing where one is no number."""
    found = [None if member is None else numbers.number(member) for member in members]
    if None in found:
        return None
    if any(isinstance(one, float) for one in found):
        return of_doubles(float(one) for one in found if one is not None)
    if all(isinstance(one, int) for one in found):
        return sum(one for one in found if isinstance(one, int))
    return reduce(numbers.EXACT.add, (Decimal(one) for one in found if one is not None), Decimal(0))


def of_doubles(found: Iterable[float]) -> float:
    """The least first: SPARQL lets an engine add in any order, and which is taken must not depend on the road."""
    return reduce(operator.add, sorted(found), 0.0)


def _sum(members: Members) -> Term | None:
    found = added(members)
    return None if found is None else numbers.as_term(found)


def _average(members: Members) -> Term | None:
    found = added(members)
    return None if found is None else average(found, len(members))


def average(total: numbers.Number, size: int) -> Term:
    if isinstance(total, float):
        return numbers.as_term(total / size)
    return numbers.as_term(numbers.quotient(total, size) if size else 0)


def _count(members: Members) -> Term:
    return numbers.as_term(sum(member is not None for member in members))


def _count_distinct(members: Members) -> Term:
    return numbers.as_term(len({member for member in members if member is not None}))


def ranks(members: Members) -> dict[Term, int]:
    """The order of terms that have one among each other; of terms with the same value the text decides."""
    different = set(members)
    if None in different:
        raise Beyond("The least of what holds an error")
    keyed = [(_key(member), member) for member in different if member is not None]
    if len({kind for (kind, _), _ in keyed}) > 1:
        raise Beyond("The least of unlike terms")
    ordered = sorted(((value, member) for (_, value), member in keyed))
    return {member: rank for rank, (_, member) in enumerate(ordered)}


def _key(term: Term) -> tuple[object, object]:
    """The kind within which a term has an order, and its place there."""
    tag = tags.tag_of(term)
    if tag == tags.STRING:
        return tag, terms.lexical(term)
    if (
        tag in (*tags.EXACT_NUMBERS, tags.DOUBLE) and (found := numbers.number(term)) is not None and found == found
    ):  # a double that is no number is not itself
        return "number", found
    value = xsd.value(terms.lexical(term), tags.DATATYPES[tag]) if tag in _MOMENTS else None
    if not isinstance(value, xsd.Moment):
        raise Beyond("The least of such terms")
    return (tag, value.zoned), (value.microseconds, value.finer)


def _extreme(choose: Callable[..., Term]) -> Callable[[Members], Term]:
    def extreme(members: Members) -> Term:
        rank = ranks(members)
        return choose(rank, key=rank.__getitem__)

    return extreme


def _sample(members: Members) -> Term | None:
    """Any member will do, so there must be no choice; of errors alone it is an error."""
    found = set(members)
    if len(found) != 1:
        raise Beyond("A sample of different terms")
    return found.pop()


AGGREGATES: Mapping[str, Callable[[Members], Term | None]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "average": _average,
    "least": _extreme(min),
    "greatest": _extreme(max),
    "sample": _sample,
}
"""Of the members of a group that has some."""
