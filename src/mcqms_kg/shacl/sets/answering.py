"""Answers plans, all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mcqms_kg.model import Term
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.near.questions import Questions
from mcqms_kg.shacl.sets import closures, conditions, joins, patterns
from mcqms_kg.shacl.sets.held import Held
from mcqms_kg.shacl.sets.rows import EVERYTHING, MOST, Rows, TooMuch, Wanted

_ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {
    **patterns.ANSWERS,
    **joins.ANSWERS,
    **conditions.ANSWERS,
    **closures.ANSWERS,
}
"""How each kind of plan is answered."""


@dataclass
class Answering:
    """The statements, and what was answered so far of plans that several places share."""

    held: Held
    shapes_graph: Callable[[], Held]
    numbers: Mapping[Term, int]
    questions: Questions
    made: int = 0
    lasting: dict[int, tuple[p.Plan, Rows]] = field(default_factory=dict)
    passing: dict[int, tuple[p.Plan, Rows]] = field(default_factory=dict)
    below: dict[Term, Rows] = field(default_factory=dict)

    def number(self, term: Term) -> int:
        return self.numbers[term]

    def rows(self, plan: p.Plan, wanted: Wanted = EVERYTHING) -> Rows:
        """The rows, without some for which none of the wanted values stands. Raises `Unsupported` for what only SQL computes."""
        found = self.named(plan) if isinstance(plan, p.Named) else _ANSWERS[type(plan)](self, plan, wanted)
        self.made += len(found)
        if self.made > MOST:
            raise TooMuch("So many rows")
        return found

    def named(self, plan: p.Named) -> Rows:
        """Answered whole and once; what is stored holds for all shapes, the rest for those of one target."""
        found = self.kept_rows(plan)
        if found is None:
            found = self.rows(plan.plan)
            (self.lasting if plan.stored else self.passing)[id(plan.plan)] = (plan.plan, found)
        return found

    def kept_rows(self, plan: p.Named) -> Rows | None:
        kept = self.lasting.get(id(plan.plan)) or self.passing.get(id(plan.plan))
        return kept[1] if kept else None
