"""What the overview and a provider's page show, made in the process that reads reports: a bounded part of what may be very many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mcqms_kg.model import CheckReport, Overview, ProviderRow, Score
from mcqms_kg.report.words import slug
from mcqms_kg.rules.overview import overview
from mcqms_kg.rules.together import together
from mcqms_kg.service.work import LookOver

MOST_ENTRIES = 200
"""Deadlines, actions and documents that are shown of a list."""


@dataclass(frozen=True)
class Survey:
    """An overview with the providers of one part of the list, each with the check it stands in; and how many entries there are in all."""

    overview: Overview
    total: int
    checks: tuple[str, ...]
    deadlines: int
    overdue: int
    actions: int
    evidence: int
    states: Mapping[str, int]


def surveyed(reports: Mapping[str, CheckReport], work: LookOver) -> Survey:
    """The overview of these checks as the work asks for it; raises `UnknownName` for a choice that the data does not have."""
    found = overview(together(list(reports.values())), work.choice, work.days)
    where = [name for name, report in reports.items() for _ in report.providers]
    homes = _homes(reports, where)
    rows = sorted(found.providers, key=_ORDERS[work.order])
    part = rows[work.offset : work.offset + work.limit]
    states = [slug(row.verdict.verdict) for row in rows]
    return Survey(
        replace(
            found,
            providers=tuple(part),
            deadlines=found.deadlines[:MOST_ENTRIES],
            overdue=found.overdue[:MOST_ENTRIES],
            actions=found.actions[:MOST_ENTRIES],
            evidence=found.evidence[:MOST_ENTRIES],
        ),
        len(rows),
        tuple(homes[id(row.verdict)] for row in part),
        len(found.deadlines),
        len(found.overdue),
        len(found.actions),
        len(found.evidence),
        {state: states.count(state) for state in dict.fromkeys(states)},
    )


def _homes(reports: Mapping[str, CheckReport], where: Sequence[str]) -> Mapping[int, str]:
    every = [provider for report in reports.values() for provider in report.providers]
    return {id(provider): name for provider, name in zip(every, where, strict=True)}


def _share(score: Score) -> float:
    return 2.0 if score.share is None else score.share


def _worst(row: ProviderRow) -> tuple[float, int, str]:
    return _share(row.verdict.score), -row.verdict.counts.major, row.verdict.provider.term


def _best(row: ProviderRow) -> tuple[float, int, str]:
    return -_share(row.verdict.score), row.verdict.counts.major, row.verdict.provider.term


def _name(row: ProviderRow) -> tuple[float, int, str]:
    return 0.0, 0, next(iter(row.verdict.provider.label.values()), row.verdict.provider.term).casefold()


_ORDERS = {"worst": _worst, "best": _best, "name": _name}
