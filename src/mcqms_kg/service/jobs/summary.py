"""A report but for its findings, as pages show it: the report itself may be large, and stays in the process that checks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.model import (
    Checked,
    CheckReport,
    Coverage,
    Grade,
    ProviderVerdict,
    Score,
    Term,
    Texts,
    Verdict,
)
from mcqms_kg.service.jobs.work import Work

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
class Summarise(Work[Summary]):
    """What pages show of the report that lies in a folder."""

    folder: Path


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
