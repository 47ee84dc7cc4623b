"""Dates of the usual form, `2026-11-26`, all at once: most literals that have a value are such, and one by one they take long."""

from __future__ import annotations

import numpy as np

from mcqms_kg.graph.columns.gathered import Gathered
from mcqms_kg.graph.columns.tags import SHIFT, TAGS
from mcqms_kg.graph.columns.xsd import MICROSECONDS
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.arrays.sets import Numbers

DATE = TAGS[XSD + "date"]
_BEHIND = f'"^^<{XSD}date>'
_DIGITS, _HYPHENS = [0, 1, 2, 3, 5, 6, 8, 9], [4, 7]
_HYPHEN = ord("-") - ord("0")
_DAY = 86_400 * MICROSECONDS


def usual_dates(gathered: Gathered) -> tuple[Numbers, Numbers]:
    """The numbers of the dates with a year of four digits and no time zone, and what they are worth, in microseconds since 1970."""
    numbers, letters = gathered.texts_of_length(DATE << SHIFT, (DATE + 1) << SHIFT, 1 + 10 + len(_BEHIND))
    signs = letters[:, 1:11].astype(np.int64) - ord("0")
    year, month, day = signs[:, :4] @ [1000, 100, 10, 1], signs[:, 5:7] @ [10, 1], signs[:, 8:] @ [10, 1]
    digits = signs[:, _DIGITS]
    usual = ((digits >= 0) & (digits <= 9)).all(axis=1) & (signs[:, _HYPHENS] == _HYPHEN).all(axis=1)
    usual &= (year >= 1000) & (month >= 1) & (month <= 12) & (day >= 1)
    months = ((year - 1970) * 12 + month - 1)[usual].astype("M8[M]")
    days = months.astype("M8[D]") + (day[usual] - 1)
    exist = days.astype("M8[M]") == months
    return numbers[usual][exist], days[exist].astype(np.int64) * _DAY
