"""The algebra of SPARQL (SPARQL 1.1, 18.2) as frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Aggregate, Expression, Variable
from mcqms_kg.sparql.paths import TriplePattern


@dataclass(frozen=True)
class BGP:
    """A basic graph pattern; without triples it has one solution, which binds nothing."""

    triples: tuple[TriplePattern, ...] = ()


@dataclass(frozen=True)
class Join:
    left: Pattern
    right: Pattern


@dataclass(frozen=True)
class LeftJoin:
    """The right side is optional; without a condition it is true."""

    left: Pattern
    right: Pattern
    condition: Expression | None = None


@dataclass(frozen=True)
class Union:
    left: Pattern
    right: Pattern


@dataclass(frozen=True)
class Minus:
    left: Pattern
    right: Pattern


@dataclass(frozen=True)
class Filter:
    pattern: Pattern
    condition: Expression


@dataclass(frozen=True)
class Extend:
    pattern: Pattern
    variable: Variable
    expression: Expression


@dataclass(frozen=True)
class Graph:
    name: Term | Variable
    pattern: Pattern


@dataclass(frozen=True)
class Service:
    name: Term | Variable
    silent: bool
    pattern: Pattern


@dataclass(frozen=True)
class Values:
    """Solutions that stand in the query; nothing where one leaves a variable unbound."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class AggregateJoin:
    """Groups by the values of the keys; each binds its keys that are variables, and a variable for each aggregate."""

    pattern: Pattern
    keys: tuple[Expression, ...]
    aggregates: tuple[tuple[Variable, Aggregate], ...]


@dataclass(frozen=True)
class OrderBy:
    """In the order of some expressions, each with whether it is descending."""

    pattern: Pattern
    conditions: tuple[tuple[Expression, bool], ...]


@dataclass(frozen=True)
class Project:
    pattern: Pattern
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class Distinct:
    pattern: Pattern


@dataclass(frozen=True)
class Reduced:
    pattern: Pattern


@dataclass(frozen=True)
class Slice:
    """So many of the solutions from the one on, which is counted from 0; all of them where there is no length."""

    pattern: Pattern
    start: int
    length: int | None


@dataclass(frozen=True)
class ToMultiSet:
    """The solutions of a subquery."""

    pattern: Pattern


Pattern = (
    BGP | Join | LeftJoin | Union | Minus | Filter | Extend | Graph | Service | Values | AggregateJoin | OrderBy | Project
    | Distinct | Reduced | Slice | ToMultiSet
)  # fmt: skip


@dataclass(frozen=True)
class Query:
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
