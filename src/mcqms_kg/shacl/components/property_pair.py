"""Property pair constraint components (SHACL section 4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Self

from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading
from mcqms_kg.shacl.plans.plan import Call, Drop, Filter, Join, Keep, Plan, Var, pick, union
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


class _Pair(Component):
    predicate: Term

    @classmethod
    def read(cls, _: Reading, value: Term) -> Iterator[Self]:
        yield cls(value)

    def others(self, scope: Scope) -> Plan:
        """Pairs of focus node and value of the other property."""
        return scope.along(self.predicate)


class Equals(_Pair):
    """The value nodes are the values of the other property: no more, no fewer."""

    component = sh("EqualsConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        others = self.others(scope)
        return union(Drop(scope.values, others), Drop(others, scope.values))


class Disjoint(_Pair):
    """No value node is a value of the other property."""

    component = sh("DisjointConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        return Keep(scope.values, self.others(scope))


class _Less(_Pair):
    comparison: ClassVar[str]

    def violations(self, scope: Scope) -> Plan:
        pairs = Join(scope.values, pick(self.others(scope), focus="focus", other="value"))
        wrong = Filter(pairs, Call("is_not_true", (Call(self.comparison, (Var("value"), Var("other"))),)))
        return pick(wrong, focus="focus", value="value")


class LessThan(_Less):
    """Each value node is less than every value of the other property; one result for each pair."""

    component = sh("LessThanConstraintComponent")
    comparison = "less"


class LessThanOrEquals(_Less):
    """Each value node is not more than any value of the other property; one result for each pair."""

    component = sh("LessThanOrEqualsConstraintComponent")
    comparison = "less_or_equal"
