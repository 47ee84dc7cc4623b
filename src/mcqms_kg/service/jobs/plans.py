"""What a provider has to do, made in the process that reads reports: a bounded part, and how much there is in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, Named, Task
from mcqms_kg.rules.plan import plan
from mcqms_kg.service.jobs.work import Work


@dataclass(frozen=True)
class Planned:
    """A part of a plan, whose it is, by which profile and day; how many tasks there are, how many have a day, how many days have passed."""

    provider: Named
    profile: str
    as_of: dt.date
    tasks: tuple[Task, ...]
    total: int
    dated: int
    overdue: int


@dataclass(frozen=True)
class PlanFor(Work[Planned]):
    """What a provider has to do by the report in a folder: a part of it in an order, with what ends within so many days."""

    folder: Path
    provider: str
    order: str
    days: int
    offset: int
    limit: int


def planned(work: PlanFor, report: CheckReport) -> Planned:
    """What the work asks for; raises `UnknownName` for a provider that the report does not have."""
    names = {terms.lexical(one.provider.term): one for one in report.providers}
    if work.provider not in names:
        raise UnknownName(f"No provider is named {work.provider[:200]!r} in that check")
    verdict = names[work.provider]
    tasks = plan(report, verdict, work.days, work.order)
    days = [task.day for task in tasks if task.day]
    return Planned(
        verdict.provider,
        report.profile,
        report.as_of,
        tasks[work.offset : work.offset + work.limit],
        len(tasks),
        len(days),
        sum(day < report.as_of for day in days),
    )
