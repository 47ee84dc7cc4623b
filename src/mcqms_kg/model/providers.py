"""What a check says of each provider in the data: the four verdicts by requirement, a score, and what it must look after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mcqms_kg.model.rdf import Term, Texts
from mcqms_kg.model.verdict import Named, Score, Verdict


@dataclass(frozen=True, slots=True)
class GradeCounts:
    """How many findings stand by grade, and how many are waived."""

    major: int = 0
    minor: int = 0
    opportunity: int = 0
    waived: int = 0

    @property
    def standing(self) -> int:
        """The findings that no waiver covers."""
        return self.major + self.minor + self.opportunity


@dataclass(frozen=True, slots=True)
class RequirementState:
    """The verdict on one requirement for one provider. `findings` and `waived` are ids of findings in the same check.

    `focus_nodes` is the most that one target shape met among the things of this provider.
    """

    notation: str
    verdict: Verdict
    reason: Texts
    focus_nodes: int
    findings: tuple[str, ...] = ()
    waived: tuple[str, ...] = ()

    @property
    def is_waived(self) -> bool:
        """Whether there are findings and a waiver of this provider covers each."""
        return bool(self.waived) and not self.findings


@dataclass(frozen=True, slots=True)
class ProviderVerdict:
    """A provider and what the check says of it, as a check of its own file would say.

    `kinds` are the classes that the data gives it besides `mc:Provider`, `sectors` the areas of the occupation map whose job titles
    require a unit that it teaches, `levels` those of its micro-credentials. `requirements` are in the order of the register.
    """

    provider: Named
    verdict: Verdict
    score: Score
    counts: GradeCounts
    requirements: tuple[RequirementState, ...]
    credentials: int
    kinds: tuple[Named, ...]
    sectors: tuple[Named, ...]
    levels: tuple[Named, ...]

    def requirement(self, notation: str) -> RequirementState | None:
        """What was said of one requirement."""
        return next((state for state in self.requirements if state.notation == notation), None)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something ends or is due: `property` says which, as `mc:expiryDate`; `kind` is the class of the thing."""

    thing: Named
    kind: Named
    provider: Term | None
    property: Named
    day: dt.date


@dataclass(frozen=True, slots=True)
class CorrectiveAction:
    """An action that is not completed, or a problem that is open and has none: then `action` is absent.

    `owner` is the role that answers for it, `holder` who holds the role. `concerns` is what the problem is said to be about.
    """

    action: Named | None
    problem: Named | None
    provider: Term | None
    owner: Named | None
    holder: Named | None
    reported: dt.date | None
    due: dt.date | None
    completed: dt.date | None
    concerns: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """A document that shows that records are true, with its digest and where it is kept; empty where the data does not say."""

    document: Named
    provider: Term | None
    issued_by: Named | None
    day: dt.date | None
    sha256: str
    location: str
    shows: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Registers:
    """What the data holds that people must look after, of all providers, each list in the order of its dates."""

    deadlines: tuple[Deadline, ...] = ()
    actions: tuple[CorrectiveAction, ...] = ()
    evidence: tuple[EvidenceRecord, ...] = ()
