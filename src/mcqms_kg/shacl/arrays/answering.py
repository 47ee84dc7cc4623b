"""Answers plans on arrays, each step for all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.arrays import joins, patterns, shaping
from mcqms_kg.shacl.arrays.asked import Asked
from mcqms_kg.shacl.arrays.conditions import said
from mcqms_kg.shacl.arrays.held import Held
from mcqms_kg.shacl.arrays.sets import Numbers
from mcqms_kg.shacl.arrays.table import Table, bounded, numbers
from mcqms_kg.shacl.arrays.values import TRUE
from mcqms_kg.shacl.near.kinds import kind_of, kinds
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.alike import Alike

_ANSWERS: Mapping[type, Callable[[Any, Any], Table]] = {**patterns.ANSWERS, **joins.ANSWERS, **shaping.ANSWERS}
"""How each kind of plan is answered."""
_AT_ONCE = p.Select | p.Triples | p.Terms | p.Unit | p.Nothing | p.Subclasses
"""Plans that are answered as quickly as looked up."""


@dataclass
class Answering:
    """One validation: what was answered so far of plans that are alike, whatever they are named."""

    held: Held
    terms: Mapping[Term, int]
    alike: Alike
    check: Callable[[], None]
    """Ends the run where it was cancelled."""
    made: int = 0
    below: dict[Term, Table] = field(default_factory=dict)
    _answered: dict[int, Table] = field(default_factory=dict)

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.held)

    def number(self, term: Term) -> int:
        return self.terms[term]

    def table(self, plan: p.Plan) -> Table:
        """The rows of a plan. Raises `Unsupported` for what only SQL computes."""
        if isinstance(plan, _AT_ONCE):
            return _ANSWERS[type(plan)](self, plan)
        number = self.alike.known(plan)
        if number not in self._answered:
            self.check()
            found = self.table(plan.plan) if isinstance(plan, p.Named) else _ANSWERS[type(plan)](self, plan)
            self.made = bounded(self.made + found.size * max(len(found.columns), 1))
            if number is None:
                return found
            self._answered[number] = found
        return self._answered[number]

    def let_go(self) -> None:
        """Lets go what was answered, so that there is room for more."""
        self._answered.clear()
        self.made = 0

    def filtered(self, table: Table, condition: p.Expression, of: p.Plan) -> Table:
        """The rows for which a condition is true; `of` is the plan whose rows they are."""
        return table.where(said(self, table, condition, kinds(of)) == TRUE) if table.size else table

    def computed(self, table: Table, expression: p.Expression, of: p.Plan) -> Numbers:
        """A further column."""
        if isinstance(expression, p.Var) and expression.name in table.columns:
            return table.columns[expression.name]
        if isinstance(expression, p.Const):
            return numbers([self.number(expression.term)]).repeat(table.size)
        if kind_of(expression, kinds(of)) == "number":
            raise Unsupported("A computed number")
        return self.asked.values(table, expression, kinds(of)) if table.size else numbers([])
