"""A query as it is written to its algebra (SPARQL 1.1, 18.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from mcqms_kg.sparql import algebra, syntax
from mcqms_kg.sparql.algebra import BGP, Join, Pattern
from mcqms_kg.sparql.expressions import Aggregate, Call, Exists, Expression, Variable, rebuilt
from mcqms_kg.sparql.parse import parse
from mcqms_kg.sparql.scope import is_grouped, keys, selected


def read(text: str, constant: frozenset[str] = frozenset()) -> algebra.Query:
    """The algebra of a SELECT or ASK query; raises `BadQuery` with the place where it is none (`parse`)."""
    return translated(parse(text, constant), constant)


def translated(query: syntax.Query, constant: frozenset[str] = frozenset()) -> algebra.Query:
    """The algebra of a query whose variables `constant` are one term throughout."""
    pattern = _Translation(frozenset(map(Variable, constant))).solutions(query)
    return algebra.Query(query.form, pattern, query.dataset)


@dataclass(frozen=True)
class _Translation:
    """The translation of a query, and of those within it."""

    constant: frozenset[Variable]

    def solutions(self, query: syntax.Query) -> Pattern:
        """The pattern with its solution modifiers (18.2.4, 18.2.5)."""
        found = self._whole(query.where)
        known = self.constant.union(keys(query.group_by), selected(query))
        groups = _Groups(known) if is_grouped(query) else None
        expressions = self._evaluated([one.expression for one in query.selected], groups)
        having = self._evaluated(query.having, groups)
        order = self._evaluated([one.expression for one in query.order_by], groups)
        if groups is not None:
            found = self._grouped(found, query.group_by, groups)
        if having:
            found = algebra.Filter(found, _all(having))
        if query.values:
            found = _joined(found, algebra.Values(query.values.variables, query.values.rows))
        for one, expression in zip(query.selected, expressions, strict=True):
            if one.variable is not None:
                found = algebra.Extend(found, one.variable, expression)
        if order:
            descending = (one.descending for one in query.order_by)
            found = algebra.OrderBy(found, tuple(zip(order, descending, strict=True)))
        return _modified(found, query)

    def _evaluated(self, expressions: Iterable[Expression], groups: _Groups | None) -> list[Expression]:
        """The expressions with the groups of EXISTS translated, and what is asked of groups replaced by variables."""
        found = map(self._expression, expressions)
        return [groups.asked(one) for one in found] if groups is not None else list(found)

    def _grouped(self, found: Pattern, group_by: Sequence[syntax.Named], groups: _Groups) -> Pattern:
        by: list[Expression] = []
        for one in group_by:
            expression = self._expression(one.expression)
            if one.variable is not None:
                found, expression = algebra.Extend(found, one.variable, expression), one.variable
            by.append(expression)
        return algebra.AggregateJoin(found, tuple(by), tuple(groups.aggregates))

    def _whole(self, group: syntax.Group) -> Pattern:
        """A group, filtered by its filters."""
        found, condition = self._group(group)
        return found if condition is None else algebra.Filter(found, condition)

    def _group(self, group: syntax.Group) -> tuple[Pattern, Expression | None]:
        """A group and the condition of its filters, which are about all of it wherever they stand (18.2.2.2, 18.2.2.6)."""
        conditions = [self._expression(one.condition) for one in group.elements if isinstance(one, syntax.Filter)]
        found: Pattern = BGP()
        for element in _merged(group.elements):
            found = self._extended(found, element)
        return found, _all(conditions) if conditions else None

    def _extended(self, found: Pattern, element: syntax.Element) -> Pattern:
        match element:
            case syntax.Optional(group=group):
                return algebra.LeftJoin(found, *self._group(group))
            case syntax.Minus(group=group):
                return algebra.Minus(found, self._whole(group))
            case syntax.Bind(expression=expression, variable=variable):
                return algebra.Extend(found, variable, self._expression(expression))
        return _joined(found, self._alone(element))

    def _alone(self, element: syntax.Element) -> Pattern:
        match element:
            case syntax.Triples(patterns=patterns):
                return BGP(patterns)
            case syntax.Union(groups=groups):
                return reduce(algebra.Union, map(self._whole, groups))
            case syntax.Graph(name=name, group=group):
                return algebra.Graph(name, self._whole(group))
            case syntax.Service(name=name, silent=silent, group=group):
                return algebra.Service(name, silent, self._whole(group))
            case syntax.Values(variables=variables, rows=rows):
                return algebra.Values(variables, rows)
            case syntax.SubSelect(query=query):
                return algebra.ToMultiSet(self.solutions(query))
        raise TypeError(element)

    def _expression(self, expression: Expression) -> Expression:
        return rebuilt(expression, self._exists)

    def _exists(self, part: Expression) -> Expression | None:
        if isinstance(part, Aggregate) and part.argument is not None:
            return Aggregate(part.function, self._expression(part.argument), part.distinct, part.separator)
        return Exists(self._whole(part.pattern), part.negated) if isinstance(part, Exists) else None


class _Groups:
    """What is asked of groups, each under a name that no variable has (18.2.4.1)."""

    def __init__(self, known: frozenset[Variable]) -> None:
        self._known = known
        self.aggregates: list[tuple[Variable, Aggregate]] = []

    def asked(self, expression: Expression) -> Expression:
        """The expression with variables in place of aggregates; any variable that a group does not know is a sample."""
        return rebuilt(expression, self._replaced)

    def _replaced(self, part: Expression) -> Expression | None:
        if isinstance(part, Variable):
            return part if part in self._known else self._named(Aggregate("SAMPLE", part))
        return self._named(part) if isinstance(part, Aggregate) else None

    def _named(self, aggregate: Aggregate) -> Variable:
        name = Variable(f".{len(self.aggregates) + 1}")
        self.aggregates.append((name, aggregate))
        return name


def _merged(elements: Iterable[syntax.Element]) -> list[syntax.Element]:
    """The elements without filters, triples that then stand together as one (18.2.2.5)."""
    found: list[syntax.Element] = []
    for element in elements:
        if isinstance(element, syntax.Triples) and found and isinstance(found[-1], syntax.Triples):
            found[-1] = syntax.Triples(found[-1].patterns + element.patterns)
        elif not isinstance(element, syntax.Filter):
            found.append(element)
    return found


def _joined(left: Pattern, right: Pattern) -> Pattern:
    """A join; one with an empty pattern is the other side (18.2.2.8)."""
    return right if left == BGP() else left if right == BGP() else Join(left, right)


def _all(conditions: Sequence[Expression]) -> Expression:
    return conditions[0] if len(conditions) == 1 else Call("&&", tuple(conditions))


def _modified(found: Pattern, query: syntax.Query) -> Pattern:
    """What is selected, and how many of the solutions."""
    if query.form == "SELECT":
        found = algebra.Project(found, tuple(dict.fromkeys(selected(query))))
    if query.modifier:
        found = algebra.Distinct(found) if query.modifier == "DISTINCT" else algebra.Reduced(found)
    if query.limit is not None or query.offset:
        found = algebra.Slice(found, query.offset, query.limit)
    return found
