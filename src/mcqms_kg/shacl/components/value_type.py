"""Value type constraint components (SHACL section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Component, Reading, ValueTest
from mcqms_kg.shacl.plans.classes import instances
from mcqms_kg.shacl.plans.plan import Call, Drop, Expression, Plan, Var
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import sh

_KINDS: dict[Term, tuple[str, ...]] = {
    sh("IRI"): ("is_iri",),
    sh("BlankNode"): ("is_blank",),
    sh("Literal"): ("is_literal",),
    sh("BlankNodeOrIRI"): ("is_blank", "is_iri"),
    sh("BlankNodeOrLiteral"): ("is_blank", "is_literal"),
    sh("IRIOrLiteral"): ("is_iri", "is_literal"),
}


class Class(Component):
    """Each value node is an instance of the class or of a subclass."""

    component = sh("ClassConstraintComponent")
    class_: Term

    @classmethod
    def read(cls, _: Reading, value: Term) -> Iterator[Self]:
        yield cls(value)

    def violations(self, scope: Scope) -> Plan:
        return Drop(scope.values, instances(self.class_, "value"))


class Datatype(ValueTest):
    """Each value node is a literal of the datatype, and well-formed."""

    component = sh("DatatypeConstraintComponent")
    datatype: Term

    @classmethod
    def read(cls, _: Reading, value: Term) -> Iterator[Self]:
        yield cls(value)

    def test(self, value: Var) -> Expression:
        iri = terms.iri_text(self.datatype)
        return Call("and", (Call("has_datatype", (value, iri)), Call("is_well_formed", (value, iri))))


class NodeKind(ValueTest):
    """Each value node is of the kind."""

    component = sh("NodeKindConstraintComponent")
    kind: Term

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        if value not in _KINDS:
            raise reading.ill_formed(f"has the unknown sh:nodeKind {value}")
        yield cls(value)

    def test(self, value: Var) -> Expression:
        return Call("or", tuple(Call(kind, (value,)) for kind in _KINDS[self.kind]))
