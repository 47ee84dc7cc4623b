"""Numbers, dates and yes or no as the graph gives them: what is broken is told, and of two values the stricter one holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.problems import Problems

LARGEST = Decimal(1_000_000)
PLACES = 4
"""Digits after the point that are kept exactly; a number with more is refused."""

_NUMBER = re.compile(r"\+?(\d{1,7}(\.\d{0,12})?|\.\d{1,12})([eE][+-]?\d)?", re.ASCII)
_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(T[\d:.]+)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
Value = TypeVar("Value", Decimal, dt.date)


@dataclass(frozen=True)
class Reader:
    """Reads values of one graph."""

    facts: Facts
    problems: Problems

    def number(self, subject: Term, predicate: Term, strict: Callable[..., Decimal] = min) -> Decimal | None:
        """The number, or nothing; a broken one is told and gives nothing."""
        return self._one(subject, predicate, as_number, "bad-number", strict)

    def whole(self, subject: Term, predicate: Term, strict: Callable[..., Decimal] = min) -> int | None:
        """The whole number, or nothing."""
        found = self._one(subject, predicate, as_whole, "bad-number", strict)
        return None if found is None else int(found)

    def date(self, subject: Term, predicate: Term, strict: Callable[..., dt.date] = min) -> dt.date | None:
        return self._one(subject, predicate, as_date, "bad-date", strict)

    def flag(self, subject: Term, predicate: Term, strict: Callable[..., bool] = any) -> bool | None:
        """Yes or no, or nothing; `strict` says what two values come to."""
        found = self.facts.objects(subject, predicate)
        if len(found) > 1:
            self.problems.add("two-values", subject, *((subject, predicate, o) for o in found))
        if self.is_broken(subject, as_flag, predicate):
            self.problems.add("bad-flag", subject, *((subject, predicate, o) for o in found))
        given = [value for o in found if (value := as_flag(o)) is not None]
        return strict(given) if given else None

    def is_broken(self, subject: Term, read: Callable[[Term], object], *predicates: Term) -> bool:
        """Whether a value is stated that cannot be read."""
        return any(read(o) is None for predicate in predicates for o in self.facts.objects(subject, predicate))

    def _one(
        self,
        subject: Term,
        predicate: Term,
        read: Callable[[Term], Value | None],
        broken: str,
        strict: Callable[..., Value],
    ) -> Value | None:
        found = self.facts.objects(subject, predicate)
        if not found:
            return None
        values = [value for o in found if (value := read(o)) is not None]
        if len(values) < len(found):
            self.problems.add(broken, subject, *((subject, predicate, o) for o in found if read(o) is None))
        if len(set(values)) > 1:
            self.problems.add("two-values", subject, *((subject, predicate, o) for o in found))
        return strict(values) if values else None


def as_number(term: Term) -> Decimal | None:
    """A number from zero to a million with at most four places, else nothing."""
    text = terms.lexical(term).strip()
    if not terms.is_literal(term) or not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return value if value <= LARGEST and value == round(value, PLACES) else None


def as_whole(term: Term) -> Decimal | None:
    value = as_number(term)
    return value if value is not None and value == int(value) else None


def as_flag(term: Term) -> bool | None:
    """Yes or no, or nothing."""
    return {"true": True, "1": True, "false": False, "0": False}.get(terms.lexical(term).strip())


def as_date(term: Term) -> dt.date | None:
    """A day of the calendar, or nothing."""
    match = _DATE.fullmatch(terms.lexical(term).strip()) if terms.is_literal(term) else None
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
