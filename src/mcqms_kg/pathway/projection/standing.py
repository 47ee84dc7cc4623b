"""Whether an award stands on a day: not revoked, and not suspended at the time; and days that are months apart."""

from __future__ import annotations

import calendar
import datetime as dt

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.values import as_date

NAMES = ("revocationDate", "suspensionDate", "reinstatementDate")


def standing(facts: Facts, award: Term, day: dt.date) -> tuple[str, tuple[Term, ...]] | None:
    """Why it does not stand, `revoked`, `suspended` or `unreadable`, with the values that say so; nothing where it does."""
    stated = {name: facts.objects(award, mc(name)) for name in NAMES}
    unread = tuple(value for values in stated.values() for value in values if as_date(value) is None)
    if unread:
        return "unreadable", unread
    by_day = {name: sorted((as_date(o) or day, o) for o in values) for name, values in stated.items()}
    past = {name: [(when, value) for when, value in values if when <= day] for name, values in by_day.items()}
    if past["revocationDate"]:
        return "revoked", (past["revocationDate"][0][1],)
    begun, ended = past["suspensionDate"], past["reinstatementDate"]
    if begun and (not ended or ended[-1][0] < begun[-1][0]):
        return "suspended", (begun[-1][1],)
    return None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of that month; at most the last day that a calendar has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
