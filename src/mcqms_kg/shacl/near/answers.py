"""Plans made functions that go from known columns to whole rows, statement by statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mcqms_kg.graph.columns.lookup import Lookup
from mcqms_kg.model import Term
from mcqms_kg.shacl.near import closures, joins, patterns, shaping
from mcqms_kg.shacl.near.kinds import Value
from mcqms_kg.shacl.near.order import Known
from mcqms_kg.shacl.near.questions import Questions
from mcqms_kg.shacl.near.rows import MOST, Follow, Remembered, Row, Statements, TooMuch
from mcqms_kg.shacl.plans.plan import Plan

_FOLLOW: Mapping[type, Callable[[Any, Any, Known], Follow]] = {
    **patterns.FOLLOW,
    **joins.FOLLOW,
    **shaping.FOLLOW,
    **closures.FOLLOW,
}
"""How each kind of plan is followed."""


@dataclass
class Answers:
    """Answers plans on what the graphs hold now; `begin` forgets what was answered before they changed."""

    lookup: Lookup
    graphs: dict[str, Statements]
    numbers: Callable[[Term], int]
    questions: Questions
    moved: frozenset[int] = frozenset()
    looked_at: int = 0
    compiled: dict[tuple[int, Known], tuple[Plan, Follow]] = field(default_factory=dict)
    targets: dict[Plan, Plan] = field(default_factory=dict)
    remembered: dict[tuple[int, Known], dict[tuple[Value, ...], Remembered]] = field(default_factory=dict)

    def begin(self) -> None:
        self.remembered.clear()

    def rows(self, plan: Plan, **known: int) -> list[Row]:
        return list(self.follow(plan, frozenset(known))(dict(known)))

    def follow(self, plan: Plan, known: Known) -> Follow:
        """Raises `Unsupported` where the plan computes what only SQL can."""
        key = (id(plan), known)
        if key not in self.compiled:
            self.compiled[key] = (plan, _FOLLOW[type(plan)](self, plan, known))
        return self.compiled[key][1]

    def look(self) -> None:
        """Counts a statement that is looked at."""
        self.looked_at += 1
        if self.looked_at > MOST:
            raise TooMuch("A change touches too much")
