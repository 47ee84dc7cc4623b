"""Other constraint components (SHACL section 4.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading, ValueTest
from mcqms_kg.shacl.plans.plan import Call, Const, Drop, Expression, Filter, Join, Plan, Terms, Triples, Var, pick
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh


class Closed(Component):
    """Value nodes have no properties but those of the shape's property shapes and the ignored ones."""

    component = sh("ClosedConstraintComponent")
    allowed: tuple[Term, ...]

    @classmethod
    def read(cls, reading: Reading, _: Term) -> Iterator[Self]:
        if not reading.is_true("closed"):
            return
        ignored = {frozenset(reading.members(head)) for head in reading.all(sh("ignoredProperties"))}
        if len(ignored) > 1:
            raise reading.ill_formed("has more than one sh:ignoredProperties")
        paths = [path for shape in reading.all(sh("property")) for path in reading.graph.objects(shape, sh("path"))]
        allowed = [*(member for members in ignored for member in sorted(members)), *filter(terms.is_iri, paths)]
        yield cls(tuple(dict.fromkeys(allowed)))

    def violations(self, scope: Scope) -> Plan:
        found: Plan = Triples(Var("node"), Var("path"), Var("value"))
        if self.allowed:
            found = Filter(found, Call("not_in", (Var("path"), *map(Const, self.allowed))))
        wrong = Join(pick(scope.values, focus="focus", node="value"), found)
        return pick(wrong, focus="focus", value="value", path="path")


class HasValue(Component):
    """One of the value nodes is the given node."""

    component = sh("HasValueConstraintComponent")
    value: Term

    @classmethod
    def read(cls, _: Reading, value: Term) -> Iterator[Self]:
        yield cls(value)

    def violations(self, scope: Scope) -> Plan:
        return Drop(scope.focus, pick(Join(scope.values, Terms("value", (self.value,))), focus="focus"))


class In(ValueTest):
    """Each value node is a member of the list."""

    component = sh("InConstraintComponent")
    members: tuple[Term, ...]

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.members(value))

    def test(self, value: Var) -> Expression:
        return Call("in", (value, *map(Const, self.members)))
