"""What pages show of a report, without the report: it may be large, and is read in the process that checks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mcqms_kg.model import (
    Checked,
    CheckReport,
    CorrectiveAction,
    Coverage,
    Finding,
    Grade,
    ProviderVerdict,
    Score,
    Term,
    Texts,
    Verdict,
    WaivedFinding,
    Waiver,
)
from mcqms_kg.rules.plan import actions_for

MOST_PROVIDERS = 20


@dataclass(frozen=True)
class ClauseLine:
    """A clause in a tree that is written line by line: how deep it stands, its verdict, and its open findings with those below it."""

    notation: str
    label: Texts
    depth: int
    verdict: Verdict
    score: Score
    findings: int


@dataclass(frozen=True)
class Undecided:
    """A requirement that was not checked or does not apply, and why."""

    notation: str
    label: Texts
    verdict: Verdict
    reason: Texts


@dataclass(frozen=True)
class Summary:
    """A report but for its findings, which are counted."""

    framework: Texts
    profile: str
    as_of: dt.date
    verdict: Verdict
    score: Score
    grades: Mapping[Grade, int]
    waived: int
    clauses: tuple[ClauseLine, ...]
    undecided: tuple[Undecided, ...]
    coverage: Coverage
    checked: tuple[Checked, ...]
    rulebook_digest: str
    engine: str
    version: str
    providers: tuple[ProviderVerdict, ...]
    """Those with the lowest scores, and then how many there are."""
    provider_count: int

    @property
    def findings(self) -> int:
        return sum(self.grades.values())


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


def summary_of(report: CheckReport) -> Summary:
    """The summary of a report."""
    grades = Counter(f.grade for f in report.findings())
    lines = [line for top in report.clauses for line in top.walk()]
    return Summary(
        framework=report.framework.label,
        profile=report.profile,
        as_of=report.as_of,
        verdict=report.verdict,
        score=report.score,
        grades={grade: grades[grade] for grade in Grade},
        waived=len(report.waived()),
        clauses=tuple(
            ClauseLine(
                found.clause.notation,
                found.clause.label,
                depth,
                found.verdict,
                found.score,
                sum(len(r.findings) for _, below in found.walk() for r in below.requirements),
            )
            for depth, found in lines
        ),
        undecided=tuple(
            Undecided(r.requirement.notation, r.requirement.label, r.verdict, r.reason)
            for r in report.requirements()
            if r.verdict in (Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE)
        ),
        coverage=report.coverage,
        checked=report.checked,
        rulebook_digest=report.rulebook_digest,
        engine=report.engine,
        version=report.version,
        providers=tuple(sorted(report.providers, key=_worst)[:MOST_PROVIDERS]),
        provider_count=len(report.providers),
    )


def _worst(provider: ProviderVerdict) -> tuple[float, Term]:
    share = provider.score.share
    return (1.0 if share is None else share, provider.provider.term)


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
