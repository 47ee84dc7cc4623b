"""Cardinality constraint components (SHACL section 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading
from mcqms_kg.shacl.plans.plan import Call, Distinct, Drop, Filter, Group, Nothing, Plan, Var, pick
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


class MinCount(Component):
    """There are at least so many value nodes."""

    component = sh("MinCountConstraintComponent")
    least: int

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.count(value))

    def violations(self, scope: Scope) -> Plan:
        return fewer_than(self.least, scope.focus, scope.values)


class MaxCount(Component):
    """There are at most so many value nodes."""

    component = sh("MaxCountConstraintComponent")
    most: int

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.count(value))

    def violations(self, scope: Scope) -> Plan:
        return more_than(self.most, scope.focus, scope.values)


def fewer_than(least: int, focus: Plan, values: Plan) -> Plan:
    """Focus nodes with fewer than so many of the pairs."""
    if least <= 0:
        return Nothing(("focus",))
    return Drop(focus, counted(values, "at_least", least))


def more_than(most: int, focus: Plan, values: Plan) -> Plan:
    """Focus nodes with more than so many of the pairs."""
    if most < 0:
        return focus
    found = pick(counted(values, "at_least", most + 1), focus="focus")
    return Distinct(found) if most == 0 else found


def counted(values: Plan, comparison: str, number: int) -> Plan:
    """Focus nodes whose count of pairs compares so with the number; for one, as often as there are pairs."""
    if (comparison, number) == ("at_least", 1):
        return pick(values, focus="focus")
    groups = Group(values, ("focus",), (("count", Call("count", ())),))
    return pick(Filter(groups, Call(comparison, (Var("count"), number))), focus="focus")
