"""Days in the data: those that can be read for sure, and no others."""

from __future__ import annotations

import datetime as dt
import re

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?(Z|[+-]\d\d:\d\d)?", re.DOTALL)
_KINDS = {XSD + "date": False, XSD + "dateTime": True}


def day_of(term: Term | None) -> dt.date | None:
    """The calendar day of an `xsd:date` or `xsd:dateTime` as it is written; nothing for what is none."""
    if term is None or terms.datatype(term) not in _KINDS:
        return None
    match = _DAY.fullmatch(terms.lexical(term))
    if not match or bool(match[2]) is not _KINDS[terms.datatype(term)]:
        return None
    try:
        return dt.date.fromisoformat(match[1])
    except ValueError:
        return None
