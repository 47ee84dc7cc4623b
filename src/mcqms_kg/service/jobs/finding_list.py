"""Findings of several reports as one list: those that fit what is asked for, a page of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mcqms_kg.model import CheckReport, Finding
from mcqms_kg.report.json import finding_object
from mcqms_kg.report.words import Words
from mcqms_kg.service.jobs.work import Work

Found = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """Some findings as plain values, and how many there are in all."""

    total: int
    findings: tuple[Found, ...]


@dataclass(frozen=True)
class ListFindings(Work[Page]):
    """A part of the findings of some reports, those that fit: `folders` by what they are the check of.

    Where `ids` are given, no others are looked at.
    """

    folders: Mapping[str, Path]
    wanted: Mapping[str, str]
    offset: int
    limit: int
    language: str
    ids: frozenset[str] | None = None


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
        own = _of_provider(report, work.wanted.get("provider"))
        every = [(f, False) for f in report.findings()] + [(w.finding, True) for w in report.waived()]
        for finding, waived in every:
            if (work.ids is None or finding.id in work.ids) and (own is None or finding.id in own):
                told = {"check": name, "isWaived": waived, **finding_object(finding, words)}
                if all(_FITS[asked](told, value) for asked, value in work.wanted.items() if asked in _FITS):
                    yield told


_FITS: Mapping[str, Callable[[Found, str], bool]] = {
    "requirement": lambda found, value: value in (found["notation"], found["requirement"]),
    "clause": lambda found, value: value == found["clause"] or _is_inside(found["clause"].rpartition("/")[2], value),
    "grade": lambda found, value: found["grade"] == value,
    "focus": lambda found, value: found["focus"]["term"]["value"] == value,
    "waived": lambda found, value: found["isWaived"] == (value == "true"),
}


def _of_provider(report: CheckReport, provider: str | None) -> frozenset[str] | None:
    """The ids of what counts for a provider, also what it shares with others; nothing where none is asked for."""
    if provider is None:
        return None
    named = [f.id for f in _all(report) if f.provider and f.provider.term == f"<{provider}>"]
    states = (s for p in report.providers if p.provider.term == f"<{provider}>" for s in p.requirements)
    return frozenset((*named, *(id_ for state in states for id_ in (*state.findings, *state.waived))))


def _all(report: CheckReport) -> Iterator[Finding]:
    yield from report.findings()
    yield from (waived.finding for waived in report.waived())


def _is_inside(clause: str, outer: str) -> bool:
    """Whether a clause is that one, or stands inside it by its number."""
    return clause == outer or clause.startswith(f"{outer}.")
