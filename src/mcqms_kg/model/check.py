"""What a check says: findings, the four verdicts by requirement and clause, the score, and what was looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from mcqms_kg.errors import Place
from mcqms_kg.model.due import Due
from mcqms_kg.model.exchange import Loss
from mcqms_kg.model.providers import ProviderVerdict, Registers
from mcqms_kg.model.rdf import Term, Texts, Triple
from mcqms_kg.model.rulebook import Clause, Framework, Grade, Requirement
from mcqms_kg.model.validation import ValidationResult
from mcqms_kg.model.verdict import Named, Score, Verdict


@dataclass(frozen=True)
class Finding:
    """A validation result in the words of the rulebook.

    `id` is stable across runs, files and triple order: a hash of shape, focus node, path and value. `expected` is what the shape asks,
    `found` what the data says instead. `triples` are the statements behind it; `places` lie in the submitted files, the closest first.
    `due` are the days by which it had to be put right, or is planned to be, where the rulebook or the data say one.
    """

    id: str
    requirement: Requirement
    grade: Grade
    result: ValidationResult
    focus: Named
    provider: Named | None
    expected: Texts
    found: Texts
    triples: tuple[Triple, ...] = ()
    places: tuple[Place, ...] = ()
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Waiver:
    """Somebody's decision to accept findings of a requirement or shape for a time; `focus` narrows it to one thing."""

    iri: Term
    waives: tuple[Term, ...]
    provider: Term
    focus: tuple[Term, ...]
    reason: Texts
    granted_by: tuple[Named, ...]
    effective: dt.date
    expiry: dt.date


@dataclass(frozen=True)
class WaivedFinding:
    """A finding and the waiver that covers it."""

    finding: Finding
    waiver: Waiver


@dataclass(frozen=True)
class ShapeRun:
    """A target shape that helps to decide a requirement: how many focus nodes it met, and which engine ran it."""

    shape: Term
    focus_nodes: int
    engine: str


@dataclass(frozen=True)
class RequirementVerdict:
    """The verdict on one requirement with everything it rests on.

    `reason` says why it is not checked or not applicable. `is_waived` holds where every finding is covered by a waiver.
    """

    requirement: Requirement
    verdict: Verdict
    reason: Texts
    runs: tuple[ShapeRun, ...]
    findings: tuple[Finding, ...]
    waived: tuple[WaivedFinding, ...]

    @property
    def is_waived(self) -> bool:
        return bool(self.waived) and not self.findings

    @property
    def focus_nodes(self) -> int:
        """The most focus nodes that one of its target shapes met."""
        return max((run.focus_nodes for run in self.runs), default=0)


@dataclass(frozen=True)
class ClauseVerdict:
    """The verdict on a clause: what its requirements and the clauses inside it come to."""

    clause: Clause
    verdict: Verdict
    score: Score
    requirements: tuple[RequirementVerdict, ...]
    children: tuple[ClauseVerdict, ...]

    def walk(self, depth: int = 0) -> Iterator[tuple[int, ClauseVerdict]]:
        """This clause and those inside it, with their depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


@dataclass(frozen=True)
class Checked:
    """A file that was checked: its name as given, its SHA-256 and how many statements it holds."""

    name: str
    sha256: str
    statements: int


@dataclass(frozen=True)
class NotUnderstood:
    """A term of our namespaces that the data uses and no ontology declares: statements with it were not judged.

    `close` is a declared term with a name like it.
    """

    term: Term
    uses: int
    places: tuple[Place, ...]
    close: Term | None = None


@dataclass(frozen=True)
class Coverage:
    """What the rules looked at: resources described, those that were a focus node, and what nobody could understand.

    `unchecked` lists the first described resources that no shape looked at and that no looked-at resource leads to;
    `unchecked_total` counts them all. `not_taken_over` is what stood in files of other standards and has no place in the graph.
    """

    described: int
    unchecked_total: int
    unchecked: tuple[Named, ...]
    not_understood: tuple[NotUnderstood, ...]
    not_taken_over: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class CheckReport:
    """Everything a report says. Two runs over the same bytes, rulebook and date give equal reports.

    `providers` says the same of each provider in the data, and `unattributed` names the findings that are of none.
    """

    framework: Framework
    profile: str
    as_of: dt.date
    verdict: Verdict
    score: Score
    clauses: tuple[ClauseVerdict, ...]
    coverage: Coverage
    checked: tuple[Checked, ...]
    rulebook_digest: str
    engine: str
    version: str
    providers: tuple[ProviderVerdict, ...] = ()
    unattributed: tuple[str, ...] = ()
    registers: Registers = field(default_factory=Registers)

    def requirements(self) -> tuple[RequirementVerdict, ...]:
        """The verdicts on all requirements, in clause order."""
        return tuple(r for top in self.clauses for _, c in top.walk() for r in c.requirements)

    def findings(self) -> tuple[Finding, ...]:
        """Every finding that no waiver covers, in clause order."""
        return tuple(f for r in self.requirements() for f in r.findings)

    def waived(self) -> tuple[WaivedFinding, ...]:
        """Every finding that a waiver covers."""
        return tuple(w for r in self.requirements() for w in r.waived)


@dataclass(frozen=True)
class Prechecked:
    """What is known of an export before it is made: the report on what the target asks for, and what would be lost."""

    report: CheckReport
    losses: tuple[Loss, ...]
