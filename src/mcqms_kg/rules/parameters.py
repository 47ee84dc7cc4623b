"""Parameters: the values a profile sets, the dates derived from them, and putting both into shapes."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Texts, Triple
from mcqms_kg.namespaces import PARAM, RDF, XSD
from mcqms_kg.rules.vocabulary import RDFS_LABEL, sh

_IN_SPARQL = re.compile(r"\bparam:([A-Za-z][A-Za-z0-9]*)")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")
_FIRST, _REST, _NIL = (terms.iri(RDF + name) for name in ("first", "rest", "nil"))


@dataclass(frozen=True)
class ListValue:
    """A parameter value that is a whole list."""

    members: tuple[Term, ...]


@dataclass(frozen=True)
class Period:
    """A time by which a cut-off lies before the day of a check, with the parameter that sets it; none where it is that day itself."""

    parameter: Term | None
    label: Texts
    length: str


ON_THE_DAY = Period(None, {}, "P0D")
Value = Term | ListValue
Values = Mapping[Term, Value]
Periods = Mapping[Term, Period]


def date_term(date: dt.date) -> Term:
    """The date as an `xsd:date` literal."""
    return terms.literal(date.isoformat(), datatype=XSD + "date")


def bound_values(register: GraphIndex, given: Values, as_of: dt.date) -> Values:
    """The profile's values with the check date and every cut-off date derived from it.

    A derived parameter is `mc:isAsOfMinus` a duration parameter; it has no value where the profile does not set that one.
    """
    values = dict(given)
    values[terms.iri(PARAM + "asOf")] = date_term(as_of)
    for derived in register.instances(mc("DerivedParameter")):
        duration = register.value(derived, mc("isAsOfMinus"))
        if duration and duration in given:
            values[derived] = date_term(minus(as_of, terms.lexical(str(given[duration]))))
    return values


def minus(date: dt.date, duration: str) -> dt.date:
    """The date less a duration of years, months and days; the day is cut to the month's length (XSD part 2, appendix E)."""
    match = _DURATION.fullmatch(duration)
    if not match or duration == "P":
        raise RulebookError(
            f"{duration!r} is not a duration of years, months and days", remedy="Write it like P1Y6M or P90D."
        )
    years, months, days = (int(part or 0) for part in match.groups())
    year, month = divmod(date.year * 12 + date.month - 1 - (years * 12 + months), 12)
    if year < dt.MINYEAR:
        raise RulebookError(f"{duration} before {date} is before the calendar begins")
    day = min(date.day, calendar.monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, day) - dt.timedelta(days=days)


def periods(shapes: Iterable[Triple], register: GraphIndex, given: Values) -> tuple[Periods, Periods]:
    """By shape: what lies between the cut-off that a day may not be before and the day of the check; and within which time of an event
    something must be done.
    """
    cutoffs: dict[Term, Period] = {}
    within: dict[Term, Period] = {}
    for shape, predicate, value in shapes:
        if predicate == sh("minInclusive") and value == terms.iri(PARAM + "asOf"):
            cutoffs[shape] = ON_THE_DAY
        elif predicate == sh("minInclusive") and (duration := register.value(value, mc("isAsOfMinus"))):
            cutoffs |= _period(shape, duration, register, given)
        elif predicate == mc("isDueWithin"):
            within |= _period(shape, value, register, given)
    return cutoffs, within


def _period(shape: Term, duration: Term, register: GraphIndex, given: Values) -> Periods:
    length = given.get(duration)
    if length is None or isinstance(length, ListValue):
        return {}
    return {shape: Period(duration, register.texts(duration, RDFS_LABEL), terms.lexical(length))}


def last_day(since: dt.date, duration: str) -> dt.date:
    """The last day of a check on which something of that date is not too old."""
    day = minus(since, duration)
    day = since + (since - day)
    while minus(day, duration) > since:
        day -= dt.timedelta(days=1)
    while minus(day + dt.timedelta(days=1), duration) <= since:
        day += dt.timedelta(days=1)
    return day


def bind(shapes: Iterable[Triple], values: Values) -> tuple[Triple, ...]:
    """The shapes with each parameter replaced by its value, in triples and inside SPARQL texts.

    Raises `RulebookError` for a parameter without a value.
    """
    bound: list[Triple] = []
    lists: dict[Term, Term] = {}
    for subject, predicate, value in shapes:
        if value.startswith(f"<{PARAM}"):
            found = _value(value, values)
            bound.append((subject, predicate, _head(value, found, lists, bound)))
        elif terms.is_literal(value) and "param:" in value:
            bound.append((subject, predicate, _bind_text(value, values)))
        else:
            bound.append((subject, predicate, value))
    return tuple(bound)


def _value(parameter: Term, values: Values) -> Value:
    if parameter not in values:
        raise RulebookError(f"{terms.short(parameter)} has no value", remedy="Set it in the profile.")
    return values[parameter]


def _head(parameter: Term, value: Value, lists: dict[Term, Term], bound: list[Triple]) -> Term:
    """The term that stands for the value; a list is written once, under blank nodes of its own."""
    if not isinstance(value, ListValue):
        return value
    if parameter not in lists:
        stem = f"_:list-{terms.local_name(parameter)}-"
        nodes = [Term(f"{stem}{n}") for n in range(len(value.members))] + [_NIL]
        for node, member, rest in zip(nodes, value.members, nodes[1:], strict=False):
            bound += [(node, _FIRST, member), (node, _REST, rest)]
        lists[parameter] = nodes[0]
    return lists[parameter]


def _bind_text(text: Term, values: Values) -> Term:
    def replace(match: re.Match[str]) -> str:
        value = _value(terms.iri(PARAM + match[1]), values)
        if isinstance(value, ListValue):
            return "(" + ", ".join(value.members) + ")"
        return value

    query = _IN_SPARQL.sub(replace, terms.lexical(text))
    return terms.literal(query, language=terms.language(text), datatype=terms.datatype(text))
