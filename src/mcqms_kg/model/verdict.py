"""The four verdicts, the published score, and a node with its name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mcqms_kg.model.rdf import Term, Texts


class Verdict(Enum):
    """What the check says of a requirement, a clause or the whole. Not checked is not conformant."""

    CONFORMANT = "conformant"
    NONCONFORMANT = "nonconformant"
    NOT_CHECKED = "not checked"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True)
class Named:
    """A node with the name a reader would give it."""

    term: Term
    label: Texts


@dataclass(frozen=True)
class Score:
    """The published formula: conformant ÷ (conformant + nonconformant + not checked).

    Counts are of requirements. What is not applicable or waived stands apart and is in neither part of the fraction.
    """

    conformant: int
    nonconformant: int
    not_checked: int
    not_applicable: int
    waived: int

    @property
    def numerator(self) -> int:
        return self.conformant

    @property
    def denominator(self) -> int:
        return self.conformant + self.nonconformant + self.not_checked

    @property
    def share(self) -> float | None:
        """The score between 0 and 1, or nothing where nothing counts."""
        return self.numerator / self.denominator if self.denominator else None
