"""Findings on a page: chosen by what was asked for, grouped by requirement, a bounded number at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Literal

from fastapi import Depends, Query

from mcqms_kg import operations
from mcqms_kg.model import Requirement
from mcqms_kg.service.dependencies import Offset
from mcqms_kg.service.jobs.finding_list import ListFindings
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.routes.findings import wanted

LIMIT = 100
_Text = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True)
class Wishes:
    """What is looked for among findings; what is empty is not asked for."""

    grade: Literal["major", "minor", "opportunity", ""] = ""
    clause: _Text = ""
    requirement: _Text = ""
    provider: _Text = ""
    waived: Literal["true", "false", ""] = ""
    offset: Offset = 0

    def __bool__(self) -> bool:
        return bool(self.grade or self.clause or self.requirement or self.provider or self.waived)


Filters = Annotated[Wishes, Depends(Wishes)]


@dataclass(frozen=True)
class Group:
    """The findings of one requirement, and its words where the rulebook is at hand."""

    notation: str
    requirement: Requirement | None
    findings: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Listed:
    """A part of the findings that fit, in groups, and how many fit in all."""

    total: int
    offset: int
    limit: int
    groups: tuple[Group, ...]


def listed(
    page: Page, checks: Mapping[str, Job], wishes: Wishes, ids: frozenset[str] | None = None, limit: int = LIMIT
) -> Listed:
    """The findings of these checks that fit, as plain values in the language of the page; of `ids` only where they are given."""
    waived = {"true": True, "false": False}.get(wishes.waived)
    fits = wanted(
        wishes.requirement or None, wishes.clause or None, wishes.grade or None, wishes.provider or None, None, waived
    )
    folders = {id_: job.folder for id_, job in checks.items()}
    found = page.jobs.read(ListFindings(folders, fits, wishes.offset, limit, page.words.language, ids))
    return Listed(found.total, wishes.offset, limit, grouped(found.findings))


def grouped(findings: Sequence[Mapping[str, Any]]) -> tuple[Group, ...]:
    """Findings in the order they came, those of one requirement together."""
    known = {r.iri.strip("<>"): r for r in _requirements()}
    groups = groupby(findings, key=lambda found: (found["notation"], found["requirement"]))
    return tuple(Group(notation, known.get(iri), list(group)) for (notation, iri), group in groups)


def _requirements() -> list[Requirement]:
    frameworks = {profile.framework: profile.name for profile in operations.profiles()}
    every = (listed for name in frameworks.values() for listed in operations.clauses(name))
    return [one.requirement for listed in every for one in listed.requirements]
