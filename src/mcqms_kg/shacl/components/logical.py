"""Logical constraint components (SHACL section 4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading
from mcqms_kg.shacl.components.shape_based import OfShape, value_nodes, wrong_values
from mcqms_kg.shacl.plans.plan import Call, Drop, Filter, Group, Keep, Nothing, Plan, Var, pick, union
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


class Not(OfShape):
    """No value node conforms to the shape."""

    component = sh("NotConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        return wrong_values(scope, scope.conforming(self.shape, value_nodes(scope)))


class _OfShapes(Component):
    shapes: tuple[Term, ...]

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.shape_list(value))

    @property
    def needs(self) -> tuple[Term, ...]:
        return self.shapes


class And(_OfShapes):
    """Each value node conforms to all shapes."""

    component = sh("AndConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        nodes = value_nodes(scope)
        failing = (scope.failing(shape, nodes) for shape in self.shapes)
        return wrong_values(scope, union(Nothing(("focus",)), *failing))


class Or(_OfShapes):
    """Each value node conforms to one of the shapes or more."""

    component = sh("OrConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        nodes = value_nodes(scope)
        wrong = scope.values
        for shape in self.shapes:
            wrong = Keep(wrong, pick(scope.failing(shape, nodes), value="focus"))
        return wrong


class Xone(_OfShapes):
    """Each value node conforms to exactly one of the shapes; a shape that stands twice counts twice."""

    component = sh("XoneConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        if not self.shapes:
            return scope.values
        nodes = value_nodes(scope)
        failures = union(*(scope.failing(shape, nodes) for shape in self.shapes))
        groups = Group(failures, ("focus",), (("count", Call("count", ())),))
        one_left = Filter(groups, Call("exactly", (Var("count"), len(self.shapes) - 1)))
        if len(self.shapes) == 1:
            return wrong_values(scope, failures)
        return Drop(scope.values, pick(one_left, value="focus"))
