"""What the overview and a provider's page show, made in the process that reads reports: a bounded part of what may be very many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mcqms_kg.model import CheckReport, KeptCheck, Overview, ProviderRow, Score
from mcqms_kg.operations.overviews import with_trend
from mcqms_kg.report.words import slug
from mcqms_kg.rules.overview import overview_of
from mcqms_kg.service.work import LookOver

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


def surveyed(checked: Sequence[tuple[CheckReport, KeptCheck | None]], work: LookOver) -> Survey:
    """The overview of these checks as the work asks for it; raises `UnknownName` for a choice that the data does not have."""
    found = overview_of(checked, work.choice, work.days)
    if work.known:
        found = with_trend(found, work.workspace, work.known)
    rows = sorted(found.providers, key=_ORDERS[work.order])
    states = [slug(row.verdict.verdict) for row in rows]
    return Survey(
        replace(
            found,
            providers=tuple(rows[work.offset : work.offset + work.limit]),
            findings=(),
            waived=(),
            deadlines=found.deadlines[: work.entries],
            overdue=found.overdue[: work.entries],
            actions=found.actions[: work.entries],
            evidence=found.evidence[: work.entries],
            trend=tuple(replace(point, providers=()) for point in found.trend[-MOST_POINTS:]),
        ),
        len(rows),
        len(found.deadlines),
        len(found.overdue),
        len(found.actions),
        len(found.evidence),
        {state: states.count(state) for state in dict.fromkeys(states)},
    )


def _share(score: Score) -> float:
    return 2.0 if score.share is None else score.share


def _worst(row: ProviderRow) -> tuple[float, int, str]:
    return _share(row.verdict.score), -row.verdict.counts.major, row.verdict.provider.term


def _best(row: ProviderRow) -> tuple[float, int, str]:
    return -_share(row.verdict.score), row.verdict.counts.major, row.verdict.provider.term


def _name(row: ProviderRow) -> tuple[float, int, str]:
    return 0.0, 0, next(iter(row.verdict.provider.label.values()), row.verdict.provider.term).casefold()


_ORDERS = {"worst": _worst, "best": _best, "name": _name}
