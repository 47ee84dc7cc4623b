"""Values of XSD literals, exactly: what the quick SQL patterns of `columns.values` do not cover is decided here."""

from __future__ import annotations

import datetime as dt
import math
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mcqms_kg.namespaces import XSD

MICROSECONDS = 1_000_000
_DAY = 86_400 * MICROSECONDS
_DIGITS = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_INTEGER, _DECIMAL = re.compile(r"[+-]?[0-9]+"), re.compile(_DIGITS)
_FLOAT = re.compile(rf"{_DIGITS}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR, _MONTH, _DAYS = (
    r"(?P<y>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))",
    r"(?P<m>0[1-9]|1[0-2])",
    r"(?P<d>0[1-9]|[12][0-9]|3[01])",
)
_CLOCK = r"(?:(?P<H>[01][0-9]|2[0-3]):(?P<M>[0-5][0-9]):(?P<S>[0-5][0-9](?:\.[0-9]+)?)|(?P<end>24:00:00(?:\.0+)?))"
_MOMENTS = {
    "dateTime": rf"{_YEAR}-{_MONTH}-{_DAYS}T{_CLOCK}{_ZONE}",
    "dateTimeStamp": rf"{_YEAR}-{_MONTH}-{_DAYS}T{_CLOCK}{_ZONE}",
    "date": rf"{_YEAR}-{_MONTH}-{_DAYS}{_ZONE}",
    "time": _CLOCK + _ZONE,
    "gYear": _YEAR + _ZONE,
    "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": rf"--{_MONTH}-{_DAYS}{_ZONE}",
    "gMonth": rf"--{_MONTH}{_ZONE}",
    "gDay": rf"---{_DAYS}{_ZONE}",
}
_USUAL_DATE = re.compile(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})")
_EPOCH = dt.date(1970, 1, 1).toordinal()
NOTHING_FINER = Fraction(0)
_DURATION = (
    r"(?P<sign>-?)P(?=.)(?:(?P<Y>[0-9]+)Y)?(?:(?P<m>[0-9]+)M)?(?:(?P<D>[0-9]+)D)?"
    r"(?P<t>T(?=.)(?:(?P<H>[0-9]+)H)?(?:(?P<M>[0-9]+)M)?(?:(?P<S>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
INTEGER_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
"""The integer types of XSD with their least and greatest values."""


@dataclass(frozen=True)
class Moment:
    """A point in time, or a part of one: microseconds since 1970 (as if in UTC where `zoned` is false), and what is finer."""

    microseconds: int
    finer: Fraction
    zoned: bool


@dataclass(frozen=True)
class Duration:
    """Months and seconds, which no fixed number converts into each other."""

    months: int
    seconds: Fraction


def integer(lexical: str, least: int | None, greatest: int | None) -> Decimal | None:
    if not _INTEGER.fullmatch(lexical):
        return None
    value = Decimal(lexical)  # Python's int() refuses texts of more than 4,300 digits
    inside = (least is None or least <= value) and (greatest is None or value <= greatest)
    return value if inside else None


def decimal(lexical: str) -> Decimal | None:
    return Decimal(lexical) if _DECIMAL.fullmatch(lexical) else None


def double(lexical: str) -> float | None:
    return float(lexical) if _FLOAT.fullmatch(lexical) else None


def single(lexical: str) -> float | None:
    value = double(lexical)
    if value is None or not math.isfinite(value):
        return value
    try:
        return float(struct.unpack("f", struct.pack("f", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


def duration(lexical: str) -> Duration | None:
    found = re.fullmatch(_DURATION, lexical)
    if not found:
        return None
    sign = -1 if found["sign"] else 1
    months = 12 * _whole(found["Y"]) + _whole(found["m"])
    seconds = 86_400 * _whole(found["D"]) + 3_600 * _whole(found["H"]) + 60 * _whole(found["M"])
    return Duration(sign * months, sign * (seconds + Fraction(Decimal(found["S"] or 0))))


def _whole(digits: str | None, otherwise: int = 0) -> int:
    """A number of any length: Python's int() refuses texts of more than 4,300 digits."""
    return int(Decimal(digits)) if digits else otherwise


def moment(lexical: str, kind: str) -> Moment | None:
    """The value of a date or time literal; missing parts are those of 1972-01-01, a leap year."""
    if kind == "date" and (usual := _USUAL_DATE.fullmatch(lexical)):
        return _usual_date(*map(int, usual.groups()))
    found = re.fullmatch(_MOMENTS[kind], lexical)
    if not found or (kind == "dateTimeStamp" and not found["zone"]):
        return None
    part = found.groupdict()
    year, month, day = _whole(part.get("y"), 1972), _whole(part.get("m"), 1), _whole(part.get("d"), 1)
    if day > _days_of_month(year, month):
        return None
    clock, finer = _clock(part)
    at = _days_since_1970(year, month, day) * _DAY + clock - _offset(part["zone"]) * MICROSECONDS
    return Moment(at if kind != "time" or clock < _DAY else at - _DAY, finer, bool(part["zone"]))


def _usual_date(year: int, month: int, day: int) -> Moment | None:
    """Without a time zone and of four digits, as nearly all dates are: the same as by the long way, in a tenth of the time."""
    try:
        return Moment((dt.date(year, month, day).toordinal() - _EPOCH) * _DAY, NOTHING_FINER, zoned=False)
    except ValueError:  # there is no such day
        return None


def _clock(part: dict[str, str | None]) -> tuple[int, Fraction]:
    if part.get("end"):
        return _DAY, NOTHING_FINER
    minutes, second = 60 * int(part.get("H") or 0) + int(part.get("M") or 0), part.get("S") or "0"
    if "." not in second:
        return (minutes * 60 + int(second)) * MICROSECONDS, NOTHING_FINER
    seconds = Fraction(Decimal(second)) * MICROSECONDS
    whole = int(seconds)
    return minutes * 60 * MICROSECONDS + whole, seconds - whole


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


def _days_of_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _days_since_1970(year: int, month: int, day: int) -> int:
    """Days in the proleptic Gregorian calendar; its cycle of 400 years brings any year into Python's range."""
    cycles, within = divmod(year - 2000, 400)
    return (dt.date(2000 + within, month, day) - dt.date(1970, 1, 1)).days + cycles * 146_097


def _binary(pattern: str) -> Callable[[str], str | None]:
    return lambda lexical: lexical if re.fullmatch(pattern, lexical) else None


_B = "[A-Za-z0-9+/] ?"
_BASE64 = rf"(?:(?:{_B}){{4}})*(?:(?:{_B}){{3}}[A-Za-z0-9+/]|(?:{_B}){{2}}[AEIMQUYcgkosw048] ?=|{_B}[AQgw] ?= ?=)?"
_BINARY = {"hexBinary": _binary(r"(?:[0-9a-fA-F]{2})*"), "base64Binary": _binary(_BASE64)}
_DURATIONS = {"duration": r".*", "dayTimeDuration": r"[^YM]*(?:T.*)?", "yearMonthDuration": r"[^DT]*"}


def value(lexical: str, datatype: str) -> Decimal | float | bool | str | Moment | Duration | None:
    """The value of a literal, or nothing where it is ill-formed. Only for the datatypes of `columns_values.TAGS`."""
    name = datatype.removeprefix(XSD)
    if name in INTEGER_RANGES:
        return integer(lexical, *INTEGER_RANGES[name])
    if name in _MOMENTS:
        return moment(lexical, name)
    if name in _DURATIONS:
        return duration(lexical) if re.fullmatch(_DURATIONS[name], lexical) else None
    if name in _BINARY:
        return _BINARY[name](lexical)
    if name == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(lexical)
    return {"decimal": decimal, "double": double, "float": single}[name](lexical)
