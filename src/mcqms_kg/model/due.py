"""By which day a finding had to be put right, or will be, and what says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from mcqms_kg.model.verdict import Named


class DueBy(Enum):
    """What gives the day: a time that the rulebook lays down, the end that a record has, or a record of what is to come."""

    PERIOD = "period"
    END = "end"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Due:
    """A day for a finding. `record` is what has the day, or what it is counted `since`; `period` is the parameter of the profile that
    was added, `length` how long that is (`P1Y`). Only a period has these.
    """

    by: DueBy
    day: dt.date
    record: Named
    since: dt.date | None = None
    period: Named | None = None
    length: str = ""
