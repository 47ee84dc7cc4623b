"""A query as it is written: frozen values for what the grammar tells apart (SPARQL 1.1, 19.8), names written out as terms.

Constants are terms, and blank nodes are terms too, numbered in the order in which the query mentions them.
"""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Expression, Variable
from mcqms_kg.sparql.paths import TriplePattern
from mcqms_kg.values import Value


class Triples(Value):
    """Triple patterns that stand together."""

    patterns: tuple[TriplePattern, ...]


class Optional(Value):
    """`OPTIONAL { … }`."""

    group: Group


class Minus(Value):
    """`MINUS { … }`."""

    group: Group


class Union(Value):
    """`{ … } UNION { … }`, or a group in a group, which is a union of one."""

    groups: tuple[Group, ...]


class Graph(Value):
    """`GRAPH name { … }`."""

    name: Term | Variable
    group: Group


class Service(Value):
    """`SERVICE name { … }`."""

    name: Term | Variable
    silent: bool
    group: Group


class Filter(Value):
    """`FILTER condition`."""

    condition: Expression


class Bind(Value):
    """`BIND (expression AS ?variable)`."""

    expression: Expression
    variable: Variable


class Values(Value):
    """`VALUES (?a ?b) { … }`; nothing where a row says UNDEF."""

    variables: tuple[Variable, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class SubSelect(Value):
    """A query that is all there is in a group."""

    query: Query


Element = Triples | Optional | Minus | Union | Graph | Service | Filter | Bind | Values | SubSelect


class Group(Value):
    """What stands between braces."""

    elements: tuple[Element, ...]


class Named(Value):
    """An expression with a name, or an expression alone: of SELECT and of GROUP BY."""

    expression: Expression
    variable: Variable | None = None


class OrderCondition(Value):
    """`ASC (expression)`, or descending."""

    expression: Expression
    descending: bool = False


class Query(Value):
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
