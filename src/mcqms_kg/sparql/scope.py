"""Which variables are in scope (SPARQL 1.1, 18.2.1), and which stand beside aggregates without being grouped by (11.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mcqms_kg.sparql.expressions import Aggregate, Exists, Expression, Variable, rebuilt
from mcqms_kg.sparql.syntax import (
    Bind,
    Element,
    Graph,
    Named,
    Optional,
    Query,
    Service,
    SubSelect,
    Triples,
    Union,
    Values,
)
from mcqms_kg.sparql.walk import parts


def in_scope(elements: Iterable[Element]) -> tuple[Variable, ...]:
    """The variables that a group's elements may bind, in the order in which they are mentioned."""
    return tuple(dict.fromkeys(variable for element in elements for variable in _bound_by(element)))


def _bound_by(element: Element) -> Iterator[Variable]:
    match element:
        case Triples():
            yield from (part for part in parts(element) if isinstance(part, Variable))
        case Optional(group=group):
            yield from in_scope(group.elements)
        case Union(groups=groups):
            for group in groups:
                yield from in_scope(group.elements)
        case Graph(name=name, group=group) | Service(name=name, group=group):
            if isinstance(name, Variable):
                yield name
            yield from in_scope(group.elements)
        case Bind(variable=variable):
            yield variable
        case Values(variables=variables):
            yield from variables
        case SubSelect(query=query):
            yield from selected(query)


def selected(query: Query) -> Iterator[Variable]:
    """What a query selects, in order."""
    return _names(query.selected)


def _names(named: Iterable[Named]) -> Iterator[Variable]:
    for one in named:
        if one.variable is not None:
            yield one.variable
        elif isinstance(one.expression, Variable):
            yield one.expression


def keys(group_by: Iterable[Named]) -> Iterator[Variable]:
    """The variables that are grouped by, under their own name or the one that they get."""
    return _names(group_by)


def is_grouped(query: Query) -> bool:
    """Whether there are groups: they are named, or an aggregate is taken of all solutions (18.2.4.1)."""
    selected = (one.expression for one in query.selected)
    asked = (*selected, *query.having, *(one.expression for one in query.order_by))
    return bool(query.group_by) or any(isinstance(part, Aggregate) for part in _own(asked))


def ungrouped(expression: Expression, known: Collection[Variable]) -> Iterator[Variable]:
    """Variables outside aggregates that are not known of a group."""
    yield from (part for part in _own((expression,)) if isinstance(part, Variable) and part not in known)


def _own(expressions: Iterable[Expression]) -> list[Expression]:
    """The parts of expressions, without what is inside aggregates and EXISTS."""
    found: list[Expression] = []

    def met(part: Expression) -> Expression | None:
        found.append(part)
        return part if isinstance(part, Aggregate | Exists) else None

    for expression in expressions:
        rebuilt(expression, met)
    return found
