"""Shape-based constraint components (SHACL section 4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.model import Term
from mcqms_kg.shacl.components.cardinality import fewer_than, more_than
from mcqms_kg.shacl.components.component import Component, Reading
from mcqms_kg.shacl.plans.plan import Distinct, Keep, Plan, pick
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


def value_nodes(scope: Scope) -> Plan:
    """Column `focus`: the value nodes, to be measured by another shape."""
    nodes = pick(scope.values, focus="value")
    return nodes if scope.shape.path is None else Distinct(nodes)


def wrong_values(scope: Scope, failing: Plan) -> Plan:
    """The pairs whose value node is among those that fail."""
    return Keep(scope.values, pick(failing, value="focus"))


class OfShape(Component):
    """A constraint that names one shape."""

    shape: Term

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.named_shape(value))

    @property
    def needs(self) -> tuple[Term, ...]:
        return (self.shape,)


class Node(OfShape):
    """Each value node conforms to the shape."""

    component = sh("NodeConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        return wrong_values(scope, scope.failing(self.shape, value_nodes(scope)))


class Property(Node):
    """Each value node conforms to the property shape. The engine reports that shape's own results instead of these."""

    component = sh("PropertyConstraintComponent")


class _Qualified(Component):
    number: int
    shape: Term
    siblings: tuple[Term, ...]

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        if reading.one("path") is None:
            return
        for shape in reading.all(sh("qualifiedValueShape")):
            yield cls(reading.count(value), reading.named_shape(shape), _siblings(reading, shape))

    @property
    def needs(self) -> tuple[Term, ...]:
        return (self.shape, *self.siblings)

    def qualified(self, scope: Scope) -> Plan:
        """The pairs whose value node conforms to the shape and to none of the sibling shapes."""
        kept = scope.keeping(self.shape, scope.values)
        for sibling in self.siblings:
            nodes = Distinct(pick(kept, focus="value"))
            kept = scope.named("value", Keep(kept, pick(scope.failing(sibling, nodes), value="focus")))
        return kept


class QualifiedMinCount(_Qualified):
    """At least so many value nodes conform to the shape."""

    component = sh("QualifiedMinCountConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        return fewer_than(self.number, scope.focus, self.qualified(scope))


class QualifiedMaxCount(_Qualified):
    """At most so many value nodes conform to the shape."""

    component = sh("QualifiedMaxCountConstraintComponent")

    def violations(self, scope: Scope) -> Plan:
        return more_than(self.number, scope.focus, self.qualified(scope))


def _siblings(reading: Reading, own: Term) -> tuple[Term, ...]:
    """The qualified value shapes of the property shapes beside this one, where they are to be disjoint."""
    if not reading.is_true("qualifiedValueShapesDisjoint"):
        return ()
    graph = reading.graph
    parents = graph.subjects(sh("property"), reading.shape)
    beside = (shape for parent in parents for shape in graph.objects(parent, sh("property")))
    found = (other for shape in beside for other in graph.objects(shape, sh("qualifiedValueShape")))
    return tuple(sorted({other for other in found if other != own}))
