"""A finding with all that its page shows of the report that it stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.model import CheckReport, CorrectiveAction, Finding, Texts, WaivedFinding, Waiver
from mcqms_kg.rules.plan import actions_for
from mcqms_kg.service.jobs.work import Work


@dataclass(frozen=True)
class FindingShown:
    """A finding with what it stands in: the check, its profile and date, the clause, and the waiver that covers it if one does.

    `alike` are ids of the other findings of the same requirement and provider, in order. `actions` are what is recorded to be done.
    """

    check: str
    profile: str
    as_of: dt.date
    finding: Finding
    clause: Texts
    waiver: Waiver | None
    alike: tuple[str, ...]
    actions: tuple[CorrectiveAction, ...]


@dataclass(frozen=True)
class ShowFinding(Work[FindingShown]):
    """A finding whole, from the first of the reports that has it."""

    folders: Mapping[str, Path]
    id: str


def finding_shown(check: str, report: CheckReport, id_: str) -> FindingShown | None:
    """The finding of that id, where the report has it."""
    standing = next((f for f in report.findings() if f.id == id_), None)
    waived = next((w for w in report.waived() if w.finding.id == id_), None)
    found = standing or (waived.finding if waived else None)
    if found is None:
        return None
    clauses = {c.clause.iri: c.clause.label for top in report.clauses for _, c in top.walk()}
    label = clauses.get(found.requirement.clause, {})
    alike = _alike(found, report.findings(), report.waived())
    actions = actions_for(found, report.registers.actions)
    waiver = waived.waiver if waived else None
    return FindingShown(check, report.profile, report.as_of, found, label, waiver, alike, actions)


def _alike(found: Finding, standing: Iterable[Finding], waived: Iterable[WaivedFinding]) -> tuple[str, ...]:
    every = [*standing, *(w.finding for w in waived)]
    return tuple(f.id for f in every if _subject(f) == _subject(found) and f.id != found.id)


def _subject(finding: Finding) -> tuple[str, str]:
    return finding.requirement.iri, finding.provider.term if finding.provider else ""
