"""Aggregates of SPARQL over arrays, as terms: sums are exact, on whole numbers of one scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.arrays.sets import Mask, Numbers, grouped
from mcqms_kg.shacl.arrays.table import NONE, Table
from mcqms_kg.shacl.near.computing import aggregates, numbers
from mcqms_kg.shacl.near.computing.beyond import Beyond
from mcqms_kg.shacl.near.kinds import Kinds
from mcqms_kg.shacl.plans import plan as p

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering

_MOST = 2**62
"""Whole numbers that add up to less do so exactly in 64 bits."""


@dataclass(frozen=True)
class Members:
    """What was said of the rows of all groups: different terms, which of them each row has, and where each group begins."""

    said: list[Term | None]
    rows: Numbers
    begins: Numbers

    @property
    def sizes(self) -> Numbers:
        return np.diff(np.append(self.begins, len(self.rows)))


def as_terms(answering: Answering, table: Table, call: p.Call, begins: Numbers, kinds: Kinds) -> Numbers:
    """The aggregate of each group as the number of a term; rows of a group stand together. Raises `Unsupported` beyond what is exact."""
    (aggregate,) = call.arguments
    if not isinstance(aggregate, p.Call):
        raise Unsupported("An aggregate of another form")
    if not aggregate.arguments:
        sizes = np.diff(np.append(begins, table.size)).tolist()
        return answering.asked.terms([numbers.as_term(size) for size in sizes])
    members = _members(answering, table, aggregate.arguments[0], begins, kinds)
    try:
        return answering.asked.terms(_OVER[aggregate.function](members))
    except Beyond as problem:
        raise Unsupported(str(problem)) from problem


def _members(answering: Answering, table: Table, of: object, begins: Numbers, kinds: Kinds) -> Members:
    if isinstance(of, p.Var) and of.name not in kinds:
        different, rows = np.unique(table.columns[of.name], return_inverse=True)
        texts: Mapping[int, Term | None] = {**answering.held.texts({*different.tolist()} - {NONE}), NONE: None}
        return Members([texts[number] for number in different.tolist()], rows, begins)
    if isinstance(of, p.Call):
        found = answering.asked.said(table, p.Call(p.TERM, (of,)), kinds)
        if found:
            rows, said = found
            return Members(said, rows, begins)  # type: ignore[arg-type]  # they are terms
    raise Unsupported("An aggregate of what only SQL computes")


def _count(members: Members) -> list[Term | None]:
    known = np.array([one is not None for one in members.said], np.int64)[members.rows]
    return [numbers.as_term(size) for size in np.add.reduceat(known, members.begins).tolist()]


def _count_distinct(members: Members) -> list[Term | None]:
    code = {term: place for place, term in enumerate(dict.fromkeys(members.said))}
    column = np.array([-1 if term is None else code[term] for term in members.said], np.int64)[members.rows]
    group = np.repeat(np.arange(len(members.begins)), members.sizes)
    order, is_first = grouped([group, column])
    firsts = order[is_first]
    sizes = np.bincount(group[firsts[column[firsts] >= 0]], minlength=len(members.begins))
    return [numbers.as_term(size) for size in sizes.tolist()]


def _sums(members: Members, found: list[numbers.Number | None]) -> tuple[list[int], int, Mask, Mask]:
    """The sum of each group as a whole number, the scale of all, which groups hold integers alone, and which hold an error."""
    known = [Decimal(0 if one is None else one) for one in found]
    scale = max((-int(one.as_tuple().exponent) for one in known), default=0)
    whole = [int(one.scaleb(max(scale, 0), numbers.EXACT)) for one in known]
    is_small = max(map(abs, whole), default=0) * len(members.rows) < _MOST
    column = np.array(whole, np.int64 if is_small else object)[members.rows]
    are_whole = np.array([isinstance(one, int) for one in found], np.bool_)[members.rows]
    are_wrong = np.array([one is None for one in found], np.bool_)[members.rows]
    return (
        np.add.reduceat(column, members.begins).tolist(),
        max(scale, 0),
        np.logical_and.reduceat(are_whole, members.begins),
        np.logical_or.reduceat(are_wrong, members.begins),
    )


def _sum(members: Members) -> list[Term | None]:
    return [numbers.as_term(total) if total is not None else None for total in _totals(members)]


def _totals(members: Members) -> list[numbers.Number | None]:
    found = [None if term is None else numbers.number(term) for term in members.said]
    if any(isinstance(one, float) for one in found):
        ends = (members.begins + members.sizes).tolist()
        parts = (members.rows[begin:end].tolist() for begin, end in zip(members.begins.tolist(), ends, strict=True))
        return [aggregates.added([members.said[place] for place in part]) for part in parts]
    sums, scale, are_whole, are_wrong = _sums(members, found)
    return [
        None if wrong else total // 10**scale if whole else Decimal(total).scaleb(-scale, numbers.EXACT)
        for total, whole, wrong in zip(sums, are_whole.tolist(), are_wrong.tolist(), strict=True)
    ]


def _average(members: Members) -> list[Term | None]:
    totals = zip(_totals(members), members.sizes.tolist(), strict=True)
    return [None if total is None else aggregates.average(total, size) for total, size in totals]


def _extreme(of: np.ufunc) -> Callable[[Members], list[Term | None]]:
    def extreme(members: Members) -> list[Term | None]:
        rank = aggregates.ranks(members.said)
        terms = sorted(rank, key=rank.__getitem__)
        column = np.array([rank[term] for term in members.said if term is not None], np.int64)[members.rows]
        return [terms[place] for place in of.reduceat(column, members.begins).tolist()]

    return extreme


def _sample(members: Members) -> list[Term | None]:
    first = members.rows[members.begins]
    if (np.repeat(first, members.sizes) != members.rows).any():
        raise Beyond("A sample of different terms")
    return [members.said[place] for place in first.tolist()]


_OVER: Mapping[str, Callable[[Members], list[Term | None]]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "average": _average,
    "least": _extreme(np.minimum),
    "greatest": _extreme(np.maximum),
    "sample": _sample,
}
