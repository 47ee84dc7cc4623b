"""A query as it is written: frozen values for what the grammar tells apart (SPARQL 1.1, 19.8), names written out as terms.

Constants are terms, and blank nodes are terms too, numbered in the order in which the query mentions them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Expression, Variable
from mcqms_kg.sparql.paths import TriplePattern


@dataclass(frozen=True)
class Triples:
    """Triple patterns that stand together."""

    patterns: tuple[TriplePattern, ...]


@dataclass(frozen=True)
class Optional:
    """`OPTIONAL { … }`."""

    group: Group


@dataclass(frozen=True)
class Minus:
    """`MINUS { … }`."""

    group: Group


@dataclass(frozen=True)
class Union:
    """`{ … } UNION { … }`, or a group in a group, which is a union of one."""

    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Graph:
    """`GRAPH name { … }`."""

    name: Term | Variable
    group: Group


@dataclass(frozen=True)
class Service:
    """`SERVICE name { … }`."""

    name: Term | Variable
    silent: bool
    group: Group


@dataclass(frozen=True)
class Filter:
    """`FILTER condition`."""

    condition: Expression


@dataclass(frozen=True)
class Bind:
    """`BIND (expression AS ?variable)`."""

    expression: Expression
    variable: Variable


@dataclass(frozen=True)
class Values:
    """`VALUES (?a ?b) { … }`; nothing where a row says UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


@dataclass(frozen=True)
class SubSelect:
    """A query that is all there is in a group."""

    query: Query


Element = Triples | Optional | Minus | Union | Graph | Service | Filter | Bind | Values | SubSelect


@dataclass(frozen=True)
class Group:
    """What stands between braces."""

    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Named:
    """An expression with a name, or an expression alone: of SELECT and of GROUP BY."""

    expression: Expression
    variable: Variable | None = None


@dataclass(frozen=True)
class OrderCondition:
    """`ASC (expression)`, or descending."""

    expression: Expression
    descending: bool = False


@dataclass(frozen=True)
class Query:
    """A SELECT or ASK query, or a subquery. Of `SELECT *` the `selected` are what is in scope, and it `selects_all`."""

    form: str
    where: Group
    selected: tuple[Named, ...] = ()
    selects_all: bool = False
    modifier: str = ""
    dataset: tuple[Term, ...] = ()
    group_by: tuple[Named, ...] = ()
    having: tuple[Expression, ...] = ()
    order_by: tuple[OrderCondition, ...] = ()
    limit: int | None = None
    offset: int = 0
    values: Values | None = None
