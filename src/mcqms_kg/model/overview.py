"""What a regulator sees of a check: providers by clauses, the national score, what is due, and how it came about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mcqms_kg.model.check import Finding
from mcqms_kg.model.providers import CorrectiveAction, Deadline, EvidenceRecord, GradeCounts, ProviderVerdict
from mcqms_kg.model.rulebook import Clause, Framework
from mcqms_kg.model.verdict import Named, Score, Verdict


@dataclass(frozen=True)
class ClauseState:
    """What a clause comes to, for a provider or for all that were chosen: its own requirements and those of the clauses inside it.

    `depth` is how many clauses it stands in; `requirements` are the notations of its own, without those of clauses inside it.
    """

    clause: Clause
    depth: int
    verdict: Verdict
    score: Score
    counts: GradeCounts
    requirements: tuple[str, ...]


@dataclass(frozen=True)
class ProviderRow:
    """A provider in the overview: its verdicts, and the clauses in their order, the same ones in every row.

    `check` is the kept check that says so; a provider in two datasets has two rows.
    """

    verdict: ProviderVerdict
    clauses: tuple[ClauseState, ...]
    check: KeptCheck | None = None


@dataclass(frozen=True)
class Choice:
    """Which providers are looked at; empty for all. Each is an IRI, a notation or a label."""

    sector: str = ""
    level: str = ""
    kind: str = ""
    provider: str = ""

    def __bool__(self) -> bool:
        return bool(self.sector or self.level or self.kind or self.provider)


@dataclass(frozen=True)
class KeptCheck:
    """A check of a version of a dataset that the workspace keeps: what was checked, when, by whom, by which rulebook and engine."""

    id: str
    dataset: str
    version: int
    profile: str
    as_of: dt.date
    at: dt.datetime
    by: str
    role: str
    engine: str
    software: str
    rulebook_digest: str
    verdict: Verdict
    score: Score
    findings: int
    waived: int


@dataclass(frozen=True)
class ProviderScore:
    """A provider's verdict, score and findings in one check, which is all that a trend needs."""

    provider: Named
    verdict: Verdict
    score: Score
    counts: GradeCounts


@dataclass(frozen=True)
class Outline:
    """What a check came to in short: each provider's score, and the ids of the findings that stand and that are waived."""

    providers: tuple[ProviderScore, ...]
    standing: tuple[str, ...]
    waived: tuple[str, ...]


@dataclass(frozen=True)
class TrendPoint:
    """One check in a trend: `score` is of all that were chosen together."""

    check: KeptCheck
    score: Score
    providers: tuple[ProviderScore, ...]


@dataclass(frozen=True)
class FindingHistory:
    """Since when a finding stands: the earliest of the checks without a gap before the latest one; and where it was not found last.

    `is_standing` is false where the latest check does not have it any more; `checks` are all that have it, the oldest first.
    """

    id: str
    is_standing: bool
    since: KeptCheck
    before: KeptCheck | None
    checks: tuple[KeptCheck, ...]


@dataclass(frozen=True)
class Overview:
    """Everything that the overview page shows, over one check or over the latest of several datasets. `checks` are those that are kept;
    there are none where files were checked. `unchecked` are datasets of which no such check is kept: nothing is known of them.

    `score` counts every requirement of every provider once: conformant ÷ (conformant + nonconformant + not checked). `weakest` are the
    clauses with requirements of their own that have the lowest score. `findings` stand against those that were chosen, and `waived` they
    have waived; `unattributed` are ids of findings that are of no provider.
    `all_*` are what can be chosen from, of every provider in the data. `deadlines` end within the days that were asked for.
    """

    framework: Framework
    profile: str
    as_of: dt.date
    checks: tuple[KeptCheck, ...]
    unchecked: tuple[str, ...]
    choice: Choice
    verdict: Verdict
    score: Score
    counts: GradeCounts
    providers: tuple[ProviderRow, ...]
    clauses: tuple[ClauseState, ...]
    weakest: tuple[ClauseState, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    unattributed: tuple[str, ...]
    days: int
    deadlines: tuple[Deadline, ...]
    overdue: tuple[Deadline, ...]
    actions: tuple[CorrectiveAction, ...]
    evidence: tuple[EvidenceRecord, ...]
    trend: tuple[TrendPoint, ...]
    all_providers: tuple[Named, ...]
    all_sectors: tuple[Named, ...]
    all_levels: tuple[Named, ...]
    all_kinds: tuple[Named, ...]

    @property
    def check(self) -> KeptCheck | None:
        """The kept check, where there is only one."""
        return self.checks[0] if len(self.checks) == 1 else None
