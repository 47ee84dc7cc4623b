"""Moments compared and moved as SQL does it; what is too far away for SQL to hold is left to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mcqms_kg.graph.columns import xsd
from mcqms_kg.graph.columns.values import FARTHEST
from mcqms_kg.shacl.near.said import ASK

_HOURS_14 = 14 * 3600 * xsd.MICROSECONDS
_DAY = 24 * 3600 * xsd.MICROSECONDS


def ordered(compare: Callable[[Any, Any], bool], first: xsd.Moment, second: xsd.Moment) -> object:
    """Of a moment with a time zone and one without, only what is true in every zone is told."""
    if first.zoned == second.zoned:
        return compare((first.microseconds, first.finer), (second.microseconds, second.finer))
    if max(abs(first.microseconds), abs(second.microseconds)) >= FARTHEST:
        return ASK
    if abs(first.microseconds - second.microseconds) <= _HOURS_14:
        return None
    return first.microseconds < second.microseconds


def later(moment: xsd.Moment, duration: xsd.Duration, sign: int, *, whole_days: bool) -> xsd.Moment | object:
    """A moment and so much time more, or less; a date moves by whole days. Months are left to SQL."""
    more = duration.seconds * xsd.MICROSECONDS * sign
    if duration.months or more.denominator != 1:
        return ASK
    by = int(more)
    at = moment.microseconds + (by - by % _DAY if whole_days else by)
    if max(abs(at), abs(moment.microseconds)) >= FARTHEST:
        return ASK
    return xsd.Moment(at, moment.finer, moment.zoned)
