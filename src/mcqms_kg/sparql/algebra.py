"""The algebra of SPARQL (SPARQL 1.1, 18.2) as frozen values."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Aggregate, Expression, Variable
from mcqms_kg.sparql.paths import TriplePattern
from mcqms_kg.values import Value


class BGP(Value):
    """A basic graph pattern; without triples it has one solution, which binds nothing."""

    triples: tuple[TriplePattern, ...] = ()


class Join(Value):
    left: Pattern
    right: Pattern


class LeftJoin(Value):
    """The right side is optional; without a condition it is true."""

    left: Pattern
    right: Pattern
    condition: Expression | None = None


class Union(Value):
    left: Pattern
    right: Pattern


class Minus(Value):
    left: Pattern
    right: Pattern


class Filter(Value):
    pattern: Pattern
    condition: Expression


class Extend(Value):
    pattern: Pattern
    variable: Variable
    expression: Expression


class Graph(Value):
    name: Term | Variable
    pattern: Pattern


class Service(Value):
    name: Term | Variable
    silent: bool
    pattern: Pattern


class Values(Value):
    """Solutions that stand in the query; nothing where one leaves a variable unbound."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class AggregateJoin(Value):
    """Groups by the values of the keys; each binds its keys that are variables, and a variable for each aggregate."""

    pattern: Pattern
    keys: tuple[Expression, ...]
    aggregates: tuple[tuple[Variable, Aggregate], ...]


class OrderBy(Value):
    """In the order of some expressions, each with whether it is descending."""

    pattern: Pattern
    conditions: tuple[tuple[Expression, bool], ...]


class Project(Value):
    pattern: Pattern
    variables: tuple[Variable, ...]


class Distinct(Value):
    pattern: Pattern


class Reduced(Value):
    pattern: Pattern


class Slice(Value):
    """So many of the solutions from the one on, which is counted from 0; all of them where there is no length."""

    pattern: Pattern
    start: int
    length: int | None


class ToMultiSet(Value):
    """The solutions of a subquery."""

    pattern: Pattern


Pattern = (
    BGP | Join | LeftJoin | Union | Minus | Filter | Extend | Graph | Service | Values | AggregateJoin | OrderBy | Project
    | Distinct | Reduced | Slice | ToMultiSet
)  # fmt: skip


class Query(Value):
    """A whole query: SELECT with a projection in its pattern, or ASK without one."""

    form: str
    pattern: Pattern
    dataset: tuple[Term, ...] = ()

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What a SELECT query selects."""
        pattern = self.pattern
        while isinstance(pattern, Slice | Distinct | Reduced):
            pattern = pattern.pattern
        return pattern.variables if isinstance(pattern, Project) else ()
