"""Findings of several reports as one list: those that fit what is asked for, a page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mcqms_kg.model import CheckReport
from mcqms_kg.report.json import finding_object
from mcqms_kg.report.words import Words
from mcqms_kg.service.work import ListFindings, Page

Found = Mapping[str, Any]


def listed(work: ListFindings, report_of: Callable[[Path], CheckReport]) -> Page:
    """The page that is asked for, and how many fit in all."""
    page: list[Found] = []
    total = 0
    for found in _fitting(work, report_of):
        if work.offset <= total < work.offset + work.limit:
            page.append(found)
        total += 1
    return Page(total, tuple(page))


def _fitting(work: ListFindings, report_of: Callable[[Path], CheckReport]) -> Iterator[Found]:
    words = Words(work.language)
    for name, folder in work.folders.items():
        report = report_of(folder)
        every = [(f, False) for f in report.findings()] + [(w.finding, True) for w in report.waived()]
        for finding, waived in every:
            if work.ids is None or finding.id in work.ids:
                told = {"check": name, "isWaived": waived, **finding_object(finding, words)}
                if all(_FITS[asked](told, value) for asked, value in work.wanted.items()):
                    yield told


_FITS: Mapping[str, Callable[[Found, str], bool]] = {
    "requirement": lambda found, value: value in (found["notation"], found["requirement"]),
    "clause": lambda found, value: value == found["clause"] or _is_inside(found["clause"].rpartition("/")[2], value),
    "grade": lambda found, value: found["grade"] == value,
    "provider": lambda found, value: bool(found["provider"]) and found["provider"]["term"]["value"] == value,
    "focus": lambda found, value: found["focus"]["term"]["value"] == value,
    "waived": lambda found, value: found["isWaived"] == (value == "true"),
}


def _is_inside(clause: str, outer: str) -> bool:
    """Whether a clause is that one, or stands inside it by its number."""
    return clause == outer or clause.startswith(f"{outer}.")
