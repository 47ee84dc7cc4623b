"""What two checks have in common and where they differ, by finding."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model.rdf import Term
from mcqms_kg.model.rulebook import Grade


@dataclass(frozen=True)
class FindingRecord:
    """What a report keeps of a finding, enough to follow it from check to check and to show it."""

    id: str
    requirement: str
    grade: Grade
    shape: Term
    focus: Term
    focus_label: str
    expected: str
    found: str
    provider: str
    is_waived: bool
    places: tuple[str, ...]
    whose: Term | None = None
    """The provider by its term, where it is known."""


@dataclass(frozen=True)
class Regraded:
    """A finding that stands in both checks and weighs, or is waived, differently."""

    old: FindingRecord
    new: FindingRecord

    @property
    def is_worse(self) -> bool:
        """Whether it weighs more now, or has lost its waiver."""
        if self.new.is_waived:
            return False
        return self.old.is_waived or (self.new.grade is not self.old.grade and self.new.grade.at_least(self.old.grade))


@dataclass(frozen=True)
class Comparison:
    """The findings of two checks, told apart by their stable ids."""

    new: tuple[FindingRecord, ...]
    fixed: tuple[FindingRecord, ...]
    persisting: tuple[FindingRecord, ...]
    regraded: tuple[Regraded, ...]

    @property
    def is_worse(self) -> bool:
        """Whether something is new that no waiver covers, or weighs more than before."""
        return any(not f.is_waived for f in self.new) or any(r.is_worse for r in self.regraded)
