"""What questions about the structure of a graph find: one thing a line, with the statements it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mcqms_kg.model import Term, Triple


@dataclass(frozen=True)
class Observation:
    """One thing that was found: its kind, about what, what else belongs to it, numbers by name, and the statements behind it.

    What rests on facts that nobody vouches for is not `sure`.
    """

    kind: str
    about: Term
    others: tuple[Term, ...] = ()
    numbers: Mapping[str, int | Decimal] = field(default_factory=dict)
    triples: tuple[Triple, ...] = ()
    sure: bool = True


@dataclass(frozen=True)
class Observations:
    """What a question found, in order; `whole` is false where there is more, or where a rule could not be decided."""

    found: tuple[Observation, ...]
    whole: bool = True
    notes: tuple[str, ...] = ()

    def of(self, kind: str) -> tuple[Observation, ...]:
        return tuple(each for each in self.found if each.kind == kind)
