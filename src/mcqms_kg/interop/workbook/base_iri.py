"""Which address the records of a graph have in common, and the IDs below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook.auxiliary import NO_ADDRESS
from mcqms_kg.interop.workbook.grid import tidy
from mcqms_kg.interop.workbook.names import named
from mcqms_kg.interop.workbook.values import escaped
from mcqms_kg.model import Term

_MOST = 0.8
"""The share of the records that must stand below the address."""
_STEM = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/#]+[/#]")


def base_of(subjects: Iterable[Term]) -> str:
    """The longest address that ends with a slash or hash and below which most of the records stand."""
    counts: Counter[str] = Counter()
    total = 0
    for subject in subjects:
        if terms.is_iri(subject):
            total += 1
            text = terms.iri_text(subject)
            stem = _STEM.match(text)
            ends = [m.end() for m in re.finditer("[/#]", text)] if stem else []
            counts.update(text[:end] for end in ends if stem and stem.end() <= end < len(text))
    fit = [address for address, count in counts.items() if count >= _MOST * total]
    return max(fit, key=lambda address: (len(address), address), default=NO_ADDRESS)


def id_of(term: Term, base: str) -> str:
    """The ID of a record: what comes after the address of the records, else its own address."""
    if terms.is_blank(term):
        return term
    text = terms.iri_text(term)
    short = text.removeprefix(base)
    fits = short not in ("", text) and short == tidy(short) and escaped(short) == short and named(short, base) == term
    return short if fits else term
