"""A rulebook's register: grades, clauses, requirements, the framework they make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mcqms_kg.model.rdf import Term, Texts


class Severity(Enum):
    """The three severities of SHACL (section 2.1.4), worst first; the value is the local name."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


class Grade(Enum):
    """How much a finding weighs, in the words of management-system auditing, worst first."""

    MAJOR = "major"
    MINOR = "minor"
    OPPORTUNITY = "opportunity"

    @property
    def severity(self) -> Severity:
        return tuple(Severity)[tuple(Grade).index(self)]

    def at_least(self, other: Grade) -> bool:
        """Whether this grade is as bad as `other` or worse."""
        return tuple(Grade).index(self) <= tuple(Grade).index(other)


@dataclass(frozen=True)
class Clause:
    """A clause of a framework; `parent` is the clause it stands in."""

    iri: Term
    notation: str
    label: Texts
    parent: Term | None


@dataclass(frozen=True)
class Requirement:
    """One requirement: what must hold, of whom, how much it weighs, why the clause wants it and how to put it right.

    `status` is `automated` (shapes decide it), `partly` (shapes can only find it broken) or `manual` (no shape can decide it).
    A conditional requirement applies only where the data holds what it is about: without waivers, a rule on waivers does not apply.
    """

    iri: Term
    notation: str
    clause: Term
    label: Texts
    wording: Texts
    rationale: Texts
    remedy: Texts
    grade: Grade
    status: str
    status_reason: Texts
    subjects: tuple[str, ...]
    phases: tuple[str, ...]
    principles: tuple[str, ...]
    source: str
    own_addition: bool
    is_conditional: bool = False


@dataclass(frozen=True)
class Framework:
    """A rulebook's register: clauses and requirements in the order of their numbers."""

    iri: Term
    name: str
    label: Texts
    clauses: tuple[Clause, ...]
    requirements: tuple[Requirement, ...]
