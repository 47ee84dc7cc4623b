"""What constraint components share: how they are read, and the two commonest forms of being wrong."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Self

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.xsd import INTEGER_RANGES
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.lists import members
from mcqms_kg.shacl.plans.plan import Call, Expression, Filter, Plan, Var
from mcqms_kg.shacl.shape_names import shape_name
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.vocabulary import TRUE, sh
from mcqms_kg.values import Value


class Reading(Value):
    """A shape as it stands in the shapes graph."""

    graph: GraphIndex
    shape: Term

    def all(self, parameter: Term) -> tuple[Term, ...]:
        return self.graph.objects(self.shape, parameter)

    def one(self, name: str) -> Term | None:
        """The value of a SHACL property; raises `RulebookError` where there are several."""
        values = self.all(sh(name))
        if len(values) > 1:
            raise self.ill_formed(f"has more than one sh:{name}")
        return values[0] if values else None

    def is_true(self, name: str) -> bool:
        """Whether the property is `true`; the specification names no other literal."""
        return TRUE in self.all(sh(name))

    def count(self, value: Term) -> int:
        """A value that must be a whole number."""
        try:
            if terms.datatype(value).removeprefix(XSD) not in INTEGER_RANGES:
                raise ValueError
            return int(terms.lexical(value))
        except ValueError:
            said = next((terms.short(p) for p, o in self.graph.out(self.shape) if o == value), "a value")
            raise self.ill_formed(f"has {value} as {said}, where an xsd:integer must stand") from None

    def named_shape(self, value: Term) -> Term:
        """A value that must be a shape; raises `RulebookError` for a literal, which none is."""
        if terms.is_literal(value):
            raise self.ill_formed(f"has {value} where a shape must stand")
        return value

    def members(self, head: Term) -> tuple[Term, ...]:
        """The members of a list, which may be empty; raises `RulebookError` where there is none, or a broken one."""
        said = next((terms.short(p) for p, o in self.graph.out(self.shape) if o == head), "a list")
        return members(self.graph, head, f"{shape_name(self.graph, self.shape)} has a list under {said} that")

    def shape_list(self, head: Term) -> tuple[Term, ...]:
        """The members of a list of shapes."""
        return tuple(map(self.named_shape, self.members(head)))

    def ill_formed(self, why: str) -> RulebookError:
        return RulebookError(f"{shape_name(self.graph, self.shape)} {why}", remedy="Mend the shape.")


class Component(Value):
    """A constraint of a Core component. `component` is its IRI, `needs` the shapes it measures by."""

    component: ClassVar[Term]

    @classmethod
    @abstractmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        """The constraints that one value of the parameter declares."""

    @abstractmethod
    def violations(self, scope: Scope) -> Plan:
        """One row a result: `focus`, and `value` where the result has one."""

    @property
    def needs(self) -> tuple[Term, ...]:
        return ()

    @property
    def messages(self) -> tuple[Term, ...]:
        return ()

    @property
    def placeholders(self) -> tuple[str, ...]:
        return ()

    @property
    def parameters(self) -> tuple[tuple[str, Term], ...]:
        return ()

    @property
    def source(self) -> Term | None:
        return None


class ValueTest(Component):
    """A component that looks at each value node alone: a value for which `test` is not true is wrong."""

    @abstractmethod
    def test(self, value: Var) -> Expression:
        """What must be true of a value node."""

    def violations(self, scope: Scope) -> Plan:
        return Filter(scope.values, Call("is_not_true", (self.test(Var("value")),)))


class IllFormed(Component):
    """A parameter that no constraint can be made of: the shape cannot be asked about any node, and does no harm where it meets none."""

    component = sh("ConstraintComponent")
    problem: RulebookError

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.ill_formed(f"has {value}, of which no constraint can be made"))

    def violations(self, _: Scope) -> Plan:
        raise self.problem
