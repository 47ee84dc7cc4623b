"""Which plans are alike, whatever they are named: each is answered once for all shapes. What they mention is gathered by the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import get_args

from mcqms_kg.model import Term
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.vocabulary import SUBCLASS

_PLANS = frozenset(get_args(p.Plan))


@dataclass
class Alike:
    """Numbers for plans: those that are alike have the same.

    Plans that have a number are kept, since another could be made at the place in memory of one that is not.
    `terms` are the terms that they name, `predicates` those of their patterns, and `asks_any` says whether a pattern asks for any.
    """

    terms: set[Term] = field(default_factory=lambda: {SUBCLASS})
    predicates: set[Term] = field(default_factory=lambda: {SUBCLASS})
    asks_any: bool = False
    _by_identity: dict[int, tuple[p.Plan, int]] = field(default_factory=dict)
    _by_form: dict[tuple[object, ...], int] = field(default_factory=dict)

    def number(self, plan: p.Plan) -> int:
        known = self._by_identity.get(id(plan))
        if known is None:
            found = self.number(plan.plan) if isinstance(plan, p.Named) else self._of_form(plan)
            known = self._by_identity[id(plan)] = (plan, found)
        return known[1]

    def known(self, plan: p.Plan) -> int | None:
        """The number of a plan, where it has one."""
        found = self._by_identity.get(id(plan))
        return None if found is None else found[1]

    def _of_form(self, plan: p.Plan) -> int:
        form = (type(plan), *(self._part(getattr(plan, name)) for name in plan.__match_args__))
        if form not in self._by_form:
            self._by_form[form] = len(self._by_form)
            self._see(plan)
        return self._by_form[form]

    def _part(self, part: object) -> object:
        if type(part) in _PLANS:
            return self.number(part)  # type: ignore[arg-type]  # it is a plan
        return tuple(map(self._part, part)) if isinstance(part, tuple) else part

    def _see(self, plan: p.Plan) -> None:
        if isinstance(plan, p.Terms):
            self.terms |= set(plan.terms)
        elif isinstance(plan, p.Subclasses):
            self.terms.add(plan.class_)
        elif isinstance(plan, p.Triples):
            self._see_pattern(plan)
        elif isinstance(plan, p.Filter | p.Optional):
            self._see_expression(plan.condition)
        elif isinstance(plan, p.Extend):
            self._see_expression(plan.expression)

    def _see_pattern(self, plan: p.Triples) -> None:
        self.terms |= {slot.term for slot in (plan.subject, plan.predicate, plan.object) if isinstance(slot, p.Const)}
        if plan.graph != "triple":
            return
        if isinstance(plan.predicate, p.Const):
            self.predicates.add(plan.predicate.term)
        else:
            self.asks_any = True

    def _see_expression(self, expression: object) -> None:
        if isinstance(expression, p.Const):
            self.terms.add(expression.term)
        elif isinstance(expression, p.Call):
            for argument in expression.arguments:
                self._see_expression(argument)
