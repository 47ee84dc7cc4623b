"""What is broken in the statements about pathways: named, with the statements, and never a reason to stop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mcqms_kg.model import Term, Triple


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is broken, contradictory, in a circle or missing: its kind, about what, and the statements that show it."""

    kind: str
    subject: Term
    triples: tuple[Triple, ...] = ()
    value: str = ""


@dataclass
class Problems:
    """The problems as they are found; the same one is kept once."""

    _found: dict[Problem, None] = field(default_factory=dict)

    def add(self, kind: str, subject: Term, *triples: Triple, value: str = "") -> None:
        self._found[Problem(kind, subject, tuple(sorted(triples)), value)] = None

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda p: (p.kind, p.subject, p.triples)))
