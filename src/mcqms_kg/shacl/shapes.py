"""The frozen model of a shapes graph: shapes, their targets and their constraints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.shacl.plans.plan import Named, Plan
from mcqms_kg.sparql.paths import Path
from mcqms_kg.values import Value


class Target(Value):
    """One target declaration: its kind (`targetNode`, `targetClass`, `targetSubjectsOf`, `targetObjectsOf`) and its value.

    The kind `select` is a query for `?this`; its value is the text.
    """

    kind: str
    value: Term


class Shape(Value):
    """A node shape (without path) or a property shape."""

    name: Term
    path: Path | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: Term
    messages: tuple[Term, ...]
    deactivated: bool


class Shapes(Value):
    """The shapes that have targets, in order of name, and every shape they lead to."""

    graph: GraphIndex
    by_name: Mapping[Term, Shape]
    targeted: tuple[Term, ...]


class Scope(Protocol):
    """Where a constraint is asked: the nodes in focus, their value nodes, and the shapes they may be measured by."""

    @property
    def shape(self) -> Shape: ...

    @property
    def focus(self) -> Plan:
        """Column `focus`, each node once."""

    @property
    def values(self) -> Plan:
        """Columns `focus` and `value`, each pair once."""

    @property
    def prefers_store(self) -> bool:
        """Whether SPARQL is to be asked of the embedded store where that can be, for SQL turned out to be no way."""

    @property
    def computes(self) -> bool:
        """Whether plans may hold terms that are computed: SQL has none, other roads do."""

    def along(self, path: Path, focus: Plan | None = None) -> Plan:
        """Columns `focus` and `value`: value nodes along another path, of these nodes."""

    def named(self, word: str, plan: Plan) -> Named:
        """A plan under a name of its own, to be shared."""

    def failing(self, shape: Term, nodes: Plan) -> Plan:
        """Column `focus`: those of the nodes (column `focus`) that do not conform to the shape."""

    def conforming(self, shape: Term, nodes: Plan) -> Plan:
        """Column `focus`: those of the nodes that conform to the shape. The better question where few do."""

    def keeping(self, shape: Term, pairs: Plan) -> Named:
        """Columns `focus` and `value`: those of the pairs, each given once, whose value node conforms to the shape."""


class Constraint(Protocol):
    """A constraint of a shape. It says what is wrong; the engine says where."""

    @property
    def component(self) -> Term:
        """The constraint component's IRI."""

    @property
    def source(self) -> Term | None:
        """The SPARQL constraint's node, for `sh:sourceConstraint`."""

    @property
    def needs(self) -> tuple[Term, ...]:
        """The shapes that the constraint measures by."""

    @property
    def messages(self) -> tuple[Term, ...]:
        """Messages that come before the shape's own."""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names in the messages that each result fills in; the plan binds `told_<name>` where it knows one."""

    @property
    def parameters(self) -> tuple[tuple[str, Term], ...]:
        """Names that stand for one term in every result."""

    def violations(self, scope: Scope) -> Plan:
        """One row a result: `focus`, `value` where the result has one, `path` where it is not the shape's."""
