"""What literals are worth, as arrays, and how they compare with a constant: the macros of SQL, for all rows at once."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from mcqms_kg.graph.columns.gathered import Gathered
from mcqms_kg.graph.columns.tags import SHIFT, STRING, TAGS, VALUED, tag_of
from mcqms_kg.graph.columns.values import DECIMAL, DOUBLE, FLOAT, rows_of, space_of_moment
from mcqms_kg.graph.columns.xsd import MICROSECONDS, Moment
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.arrays.dates import DATE, usual_dates
from mcqms_kg.shacl.arrays.sets import Index, Mask, Numbers, is_among
from mcqms_kg.shacl.constants import simple_value

if TYPE_CHECKING:
    import duckdb

Said = npt.NDArray[np.int8]
FALSE, UNKNOWN, TRUE = range(3)
"""What is said of a row; unknown stands for SPARQL's error."""
_MOMENTS = [TAGS[XSD + name] for name in ("date", "dateTime")]
_HOURS_14 = 14 * 3600 * MICROSECONDS
_TABLE = (
    "SELECT id, space, x, coalesce(tie, 0) AS tie, coalesce(us, 0) AS us, coalesce(zoned, false) AS zoned FROM value"
)
_FEW = 40_000
"""Literals, beside usual dates, that Python reads more quickly than a database is opened."""
_Compare = Callable[[Any, Any], Any]
_COMPARISONS: Mapping[str, tuple[_Compare, _Compare]] = {
    "below": (operator.lt, operator.lt),
    "at_most": (operator.lt, operator.le),
    "above": (operator.gt, operator.gt),
    "at_least": (operator.gt, operator.ge),
}
"""Strictly, for the first part of a value; and as asked for, for the tie behind it."""


@dataclass(frozen=True)
class Values:
    """The table `value`, and the literals that are ill-formed."""

    id: Numbers
    space: npt.NDArray[np.int8]
    x: npt.NDArray[np.float64]
    """Not a number where the value is none."""
    tie: Numbers
    us: Numbers
    zoned: Mask
    ill_formed: Numbers

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection) -> Values:
        found = con.execute(_TABLE).fetchnumpy()
        found["x"] = np.ma.filled(found["x"], np.nan)
        return cls(**found, ill_formed=con.execute("SELECT id FROM ill_formed").fetchnumpy()["id"])

    @classmethod
    def of_few(cls, gathered: Gathered) -> Values | None:
        """The same without a database; nothing where there are many."""
        numbers = gathered.array("numbers")
        begin, end = np.searchsorted(numbers, [VALUED.start << SHIFT, VALUED.stop << SHIFT])
        added = [number for number in gathered.added if number >> SHIFT in VALUED]
        valued = np.concatenate((numbers[begin:end], np.array(added, np.int64)))
        dates, moments = usual_dates(gathered)
        others = valued[~is_among(valued, dates)]
        if len(others) > _FEW:
            return None
        texts = gathered.stored(others.tolist())
        rows = list(rows_of((number, number >> SHIFT, text) for number, text in texts.items()))
        id_, space, x, tie, us, _, zoned, _ = zip(*rows, strict=True) if rows else ((),) * 8
        known, none = np.array(id_, np.int64), np.zeros(len(dates), np.int64)
        return cls(
            np.concatenate((dates, known)),
            np.concatenate((none.astype(np.int8) + DATE, np.array(space, np.int8))),
            np.concatenate((np.full(len(dates), np.nan), np.array(x, np.float64))),
            np.concatenate((none, np.array(tie, np.int64))),
            np.concatenate((moments, np.array([one or 0 for one in us], np.int64))),
            np.concatenate((none.astype(np.bool_), np.array([bool(one) for one in zoned], np.bool_))),
            others[~is_among(others, known)],
        )

    def compared(self, terms: Numbers, comparison: str, constant: Term) -> Said | None:
        """How terms compare with a constant; nothing where only SQL can tell."""
        found = simple_value(constant)
        if not len(self.id):
            return np.full(len(terms), UNKNOWN, np.int8) if isinstance(found, Decimal | Moment) else None
        places, known = self._index.find(terms)
        if isinstance(found, Decimal):
            return _decided(*self._numbers(places, known, comparison, float(found)))
        if isinstance(found, Moment):
            space = space_of_moment(tag_of(constant))
            known &= self.space[places] == space
            return _decided(*self._moments(places, known, comparison, found))
        return None

    def ordered(self, left: Numbers, right: Numbers, comparison: str) -> Said | None:
        """How terms compare with others, row by row; nothing where some are neither numbers nor dates."""
        if not len(self.id) or (_are_texts(left) & _are_texts(right)).any():
            return None
        (one, known), (other, also_known) = self._index.find(left), self._index.find(right)
        first, second, both = self.space[one], self.space[other], known & also_known
        are_numbers, are_alike = (first <= DOUBLE) & (second <= DOUBLE), first == second
        if (both & are_alike & ~are_numbers & ~np.isin(first, _MOMENTS)).any():
            return None
        numbers, moments = self._ordered_numbers(one, other, comparison), self._ordered_moments(one, other, comparison)
        is_true, is_known = (np.where(are_numbers, *sides) for sides in zip(numbers, moments, strict=True))
        return _decided(is_true, both & is_known & (are_numbers | are_alike))

    @cached_property
    def _index(self) -> Index:
        return Index.of(self.id)

    def _ordered_numbers(self, one: Numbers, other: Numbers, comparison: str) -> tuple[Mask, Mask]:
        strictly, loosely = _COMPARISONS[comparison]
        a, b, first, second = self.x[one], self.x[other], self.space[one], self.space[other]
        exact = strictly(a, b) | ((a == b) & loosely(self.tie[one], self.tie[other]))
        with np.errstate(over="ignore"):
            single = loosely(a.astype(np.float32), b.astype(np.float32))
        are_decimals = (first == DECIMAL) & (second == DECIMAL)
        are_doubles = (first == second) | (first == DOUBLE) | (second == DOUBLE)
        is_true = np.where(are_decimals, exact, np.where(are_doubles, loosely(a, b), single))
        return is_true, ~np.isnan(a) & ~np.isnan(b)

    def _ordered_moments(self, one: Numbers, other: Numbers, comparison: str) -> tuple[Mask, Mask]:
        strictly, loosely = _COMPARISONS[comparison]
        a, b = self.us[one], self.us[other]
        alike = self.zoned[one] == self.zoned[other]
        exact = strictly(a, b) | ((a == b) & loosely(self.tie[one], self.tie[other]))
        return np.where(alike, exact, strictly(a, b)), alike | (np.abs(a - b) > _HOURS_14)

    def _numbers(self, places: Numbers, known: Mask, comparison: str, bound: float) -> tuple[Mask, Mask]:
        strictly, loosely = _COMPARISONS[comparison]
        x, space = self.x[places], self.space[places]
        exact = strictly(x, bound) | ((x == bound) & loosely(self.tie[places], 0))
        with np.errstate(over="ignore"):
            single = loosely(x.astype(np.float32), np.float32(bound))
        is_true = np.select([space == DECIMAL, space == DOUBLE, space == FLOAT], [exact, loosely(x, bound), single])
        return is_true.astype(np.bool_), known & (space <= DOUBLE) & ~np.isnan(x)

    def _moments(self, places: Numbers, known: Mask, comparison: str, bound: Moment) -> tuple[Mask, Mask]:
        strictly, loosely = _COMPARISONS[comparison]
        us = self.us[places]
        alike = self.zoned[places] == bound.zoned
        exact = strictly(us, bound.microseconds) | ((us == bound.microseconds) & loosely(self.tie[places], 0))
        far = np.abs(us - bound.microseconds) > _HOURS_14
        return np.where(alike, exact, strictly(us, bound.microseconds)), known & (alike | far)


def _are_texts(terms: Numbers) -> Mask:
    found: Mask = terms >> SHIFT == STRING
    return found


def _decided(is_true: Mask, is_known: Mask) -> Said:
    return np.where(is_known, np.where(is_true, TRUE, FALSE), UNKNOWN).astype(np.int8)
