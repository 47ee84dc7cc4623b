"""What the overview and a provider's page show, made in the process that reads reports: a bounded part of what may be very many."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mcqms_kg.model import CheckReport, Choice, KeptCheck, Overview, ProviderRow, Score
from mcqms_kg.operations.overviews import with_trend
from mcqms_kg.report.words import slug
from mcqms_kg.rules.overview import overview_of
from mcqms_kg.service.jobs.groups import Group, grouped
from mcqms_kg.service.jobs.work import Work

MOST_POINTS = 60
"""Checks that are shown of a trend, the latest ones."""


@dataclass(frozen=True)
class Survey:
    """An overview with the providers of one part of the list, without its findings; and how many entries there are in all."""

    overview: Overview
    total: int
    deadlines: int
    overdue: int
    actions: int
    evidence: int
    states: Mapping[str, int]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class LookOver(Work[Survey]):
    """The overview of some checks by one profile: of the providers that are chosen, a part in an order, and `entries` of each register.

    `known` are the kept checks in `workspace` that make up the trend. `group` is by what providers stand together: sector, level or kind.
    """

    checks: tuple[tuple[Path, KeptCheck | None], ...]
    choice: Choice
    days: int
    order: str
    offset: int
    limit: int
    entries: int
    workspace: Path
    known: tuple[KeptCheck, ...]
    group: str = ""


class Surveys:
    """Makes surveys, and remembers the overviews behind the last ones: the reports of checks do not change."""

    _KEPT = 4

    def __init__(self, report: Callable[[Path], CheckReport]) -> None:
        self._report = report
        self._made: OrderedDict[LookOver, Overview] = OrderedDict()

    def of(self, work: LookOver) -> Survey:
        """What the work asks for; raises `UnknownName` for a choice that the data does not have."""
        key = replace(work, order="", group="", offset=0, limit=0, entries=0)
        found = self._made.pop(key, None) or self._overview(work)
        self._made[key] = found
        while len(self._made) > self._KEPT:
            self._made.popitem(last=False)
        return surveyed(found, work)

    def _overview(self, work: LookOver) -> Overview:
        found = overview_of([(self._report(folder), kept) for folder, kept in work.checks], work.choice, work.days)
        return with_trend(found, work.workspace, work.known) if work.known else found


def surveyed(found: Overview, work: LookOver) -> Survey:
    """The part of an overview that the work asks for; requirements are with a provider that stands alone."""
    rows = sorted(found.providers, key=_ORDERS[work.order])
    states = [slug(row.verdict.verdict) for row in rows]
    part = rows[work.offset : work.offset + work.limit]
    groups: tuple[Group, ...] = ()
    total = len(rows)
    if work.group:
        bare = [_without_requirements(row) for row in rows]
        groups, total = grouped(bare, work.group, work.order, work.offset, work.limit)
        part = []
    return Survey(
        replace(
            found,
            providers=tuple(map(_without_requirements, part) if work.limit > 1 else part),
            findings=(),
            waived=(),
            deadlines=found.deadlines[: work.entries],
            overdue=found.overdue[: work.entries],
            actions=found.actions[: work.entries],
            evidence=found.evidence[: work.entries],
            trend=tuple(replace(point, providers=()) for point in found.trend[-MOST_POINTS:]),
        ),
        total,
        len(found.deadlines),
        len(found.overdue),
        len(found.actions),
        len(found.evidence),
        {state: states.count(state) for state in dict.fromkeys(states)},
        groups,
    )


def _without_requirements(row: ProviderRow) -> ProviderRow:
    return replace(row, verdict=replace(row.verdict, requirements=()))


def _share(score: Score) -> float:
    return 2.0 if score.share is None else score.share


def _worst(row: ProviderRow) -> tuple[float, int, str]:
    return _share(row.verdict.score), -row.verdict.counts.major, row.verdict.provider.term


def _best(row: ProviderRow) -> tuple[float, int, str]:
    return -_share(row.verdict.score), row.verdict.counts.major, row.verdict.provider.term


def _name(row: ProviderRow) -> tuple[float, int, str]:
    return 0.0, 0, next(iter(row.verdict.provider.label.values()), row.verdict.provider.term).casefold()


_ORDERS = {"worst": _worst, "best": _best, "name": _name}
