"""Answers plans, all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mcqms_kg.model import Term
from mcqms_kg.shacl.near.questions import Questions
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets import closures, conditions, groups, joins, patterns
from mcqms_kg.shacl.sets.alike import Alike
from mcqms_kg.shacl.sets.held import Held
from mcqms_kg.shacl.sets.rows import EVERYTHING, MOST, Rows, TooMuch, Wanted

_ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {
    **patterns.ANSWERS,
    **joins.ANSWERS,
    **conditions.ANSWERS,
    **closures.ANSWERS,
    **groups.ANSWERS,
}
"""How each kind of plan is answered."""


@dataclass
class Answering:
    """The statements, and what was answered so far of plans that several places share."""

    held: Held
    shapes_graph: Callable[[], Held]
    numbers: Mapping[Term, int]
    questions: Questions
    alike: Alike
    check: Callable[[], None]
    """Ends the run where it was cancelled."""
    made: int = 0
    named: dict[int, Rows] = field(default_factory=dict)
    below: dict[Term, Rows] = field(default_factory=dict)

    def number(self, term: Term) -> int:
        return self.numbers[term]

    def rows(self, plan: p.Plan, wanted: Wanted = EVERYTHING) -> Rows:
        """The rows, without some for which none of the wanted values stands. Raises `Unsupported` for what only SQL computes."""
        if isinstance(plan, p.Named):
            return self._named(plan)
        self.check()
        found = _ANSWERS[type(plan)](self, plan, wanted)
        self.made += len(found)
        if self.made > MOST:
            raise TooMuch("So many rows")
        return found

    def _named(self, plan: p.Named) -> Rows:
        """Answered whole, and once for all that are alike."""
        number = self.alike.number(plan)
        if number not in self.named:
            self.named[number] = self.rows(plan.plan)
        return self.named[number]

    def kept_rows(self, plan: p.Named) -> Rows | None:
        return self.named.get(self.alike.number(plan))
