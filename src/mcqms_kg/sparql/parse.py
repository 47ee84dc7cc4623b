"""The text of a SELECT or ASK query to the query as it is written (SPARQL 1.1, 19.8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from mcqms_kg.errors import BadQuery
from mcqms_kg.model import Term
from mcqms_kg.sparql.calls import AGGREGATES, FUNCTIONS
from mcqms_kg.sparql.expressions import Expression, Variable
from mcqms_kg.sparql.patterns import Groups, refuse_bound
from mcqms_kg.sparql.scope import in_scope, is_grouped, keys, ungrouped
from mcqms_kg.sparql.syntax import Group, Named, OrderCondition, Query
from mcqms_kg.sparql.terms import QueryReading
from mcqms_kg.sparql.tokens import Token, tokenize
from mcqms_kg.values import replaced

_Written = tuple[Named, Token]
"""What is selected, and where it is said."""


def parse(text: str, constant: frozenset[str] = frozenset()) -> Query:
    """The query, whose variables `constant` are one term throughout, so that they may stand beside aggregates.

    Raises `BadQuery` with the place for what is no query, and for other forms than SELECT and ASK.
    """
    reading = QueryReading(tokenize(text), constant)
    reading.prologue()
    query = _Queries(reading).whole()
    reading.expect_end()
    return query


class _Queries:
    """Reads queries and subqueries."""

    def __init__(self, reading: QueryReading) -> None:
        self._reading = reading
        self._groups = Groups(reading, self.sub_select)
        self._conditions = self._groups.conditions

    def whole(self) -> Query:
        """A query with its dataset."""
        reading, token = self._reading, self._reading.now
        if token.word in ("CONSTRUCT", "DESCRIBE"):
            raise BadQuery(f"{token.text} gives no solutions", place=token.place, remedy="Write a SELECT or ASK query.")
        if token.word == "SELECT":
            return self._select(self._dataset)
        if not reading.take_if("ASK"):
            raise reading.cannot_stand()
        dataset = self._dataset()
        return replaced(self._modified(self._where(), []), form="ASK", dataset=dataset)

    def sub_select(self) -> Query:
        """A subquery, which has no dataset of its own."""
        return self._select(tuple)

    def _select(self, dataset: Callable[[], tuple[Term, ...]]) -> Query:
        reading = self._reading
        reading.take()
        modifier = reading.take().word if reading.now.word in ("DISTINCT", "REDUCED") else ""
        all_, written = reading.take_if("*"), list[_Written]()
        if not all_:
            with self._conditions.aggregates(True):
                written = self._projection()
        given = dataset()
        where = self._where()
        query = self._modified(where, written)
        if all_:
            self._refuse_all_of_groups(query)
            bound = in_scope((*where.elements, *((query.values,) if query.values else ())))
            selected = tuple(map(Named, bound))
        else:
            refuse_repeated(written, in_scope(where.elements))
            selected = tuple(one for one, _ in written)
        return replaced(query, selected=selected, selects_all=all_, modifier=modifier, dataset=given)

    def _projection(self) -> list[_Written]:
        reading, found = self._reading, list[_Written]()
        while reading.now.kind == "variable" or reading.sees("("):
            token = reading.now
            if reading.sees("("):
                expression, variable, token = self._groups.named()
                found.append((Named(expression, variable), token))
            else:
                found.append((Named(reading.variable()), token))
        if not found:
            raise reading.cannot_stand()
        return found

    def _dataset(self) -> tuple[Term, ...]:
        found = list[Term]()
        while self._reading.take_if("FROM"):
            self._reading.take_if("NAMED")
            found.append(self._reading.iri())
        return tuple(found)

    def _where(self) -> Group:
        self._reading.take_if("WHERE")
        return self._groups.group()

    def _modified(self, where: Group, written: Sequence[_Written]) -> Query:
        """What stands behind the pattern, as a query that selects nothing yet."""
        group_by = tuple(self._group_by(in_scope(where.elements)))
        with self._conditions.aggregates(True):
            having = tuple(self._having())
            order_by = tuple(self._order_by())
        limit, offset = self._limits()
        values = self._groups.values() if self._reading.take_if("VALUES") else None
        query = Query(
            "SELECT",
            where,
            group_by=group_by,
            having=having,
            order_by=order_by,
            limit=limit,
            offset=offset,
            values=values,
        )
        if is_grouped(replaced(query, selected=tuple(one for one, _ in written))):
            self._refuse_ungrouped(group_by, written)
        return query

    def _group_by(self, bound: Collection[Variable]) -> Iterator[Named]:
        if not self._take_by("GROUP"):
            return
        yield self._key(bound)
        while self._begins_condition():
            yield self._key(bound)

    def _key(self, bound: Collection[Variable]) -> Named:
        reading = self._reading
        if reading.now.kind == "variable":
            return Named(reading.variable())
        if not reading.sees("("):
            return Named(self._conditions.constraint())
        with reading.deeper(reading.take()):
            expression, variable = self._conditions.expression(), None
            if reading.take_if("AS"):
                token, variable = reading.now, reading.variable()
                refuse_bound(variable, token, bound)
            reading.take_sign(")")
        return Named(expression, variable)

    def _having(self) -> Iterator[Expression]:
        if self._reading.take_if("HAVING"):
            yield self._conditions.constraint()
            while self._begins_condition():
                yield self._conditions.constraint()

    def _order_by(self) -> Iterator[OrderCondition]:
        if self._take_by("ORDER"):
            yield self._order()
            while self._begins_condition() or self._reading.now.word in ("ASC", "DESC"):
                yield self._order()

    def _order(self) -> OrderCondition:
        reading = self._reading
        if reading.now.word in ("ASC", "DESC"):
            descending = reading.take().word == "DESC"
            return OrderCondition(self._conditions.bracketed(), descending)
        if reading.now.kind == "variable":
            return OrderCondition(reading.variable())
        return OrderCondition(self._conditions.constraint())

    def _begins_condition(self) -> bool:
        token = self._reading.now
        named = token.kind in ("variable", "iri", "name") or token.word in (*FUNCTIONS, *AGGREGATES, "EXISTS", "NOT")
        return named or self._reading.sees("(")

    def _take_by(self, word: str) -> bool:
        found = self._reading.take_if(word)
        if found and not self._reading.take_if("BY"):
            raise self._reading.cannot_stand()
        return found

    def _limits(self) -> tuple[int | None, int]:
        """LIMIT and OFFSET, in either order."""
        found = dict[str, int]()
        while (word := self._reading.now.word) in ("LIMIT", "OFFSET") and word not in found:
            self._reading.take()
            token = self._reading.take_kind("number", "a number")
            if not token.text.isdigit():
                raise BadQuery(f"A whole number must stand here, not {token.text!r}", place=token.place)
            found[word] = int(token.text)
        return found.get("LIMIT"), found.get("OFFSET", 0)

    def _refuse_ungrouped(self, group_by: Iterable[Named], written: Sequence[_Written]) -> None:
        """Raises `BadQuery` for a variable that is selected of groups but has no one value there (11.4)."""
        known = {*map(Variable, self._reading.constant), *keys(group_by)}
        for one, token in written:
            lacking = next(ungrouped(one.expression, known), None)
            if lacking is not None:
                raise BadQuery(
                    f"?{lacking.name} is selected beside groups, and is not grouped by",
                    place=token.place,
                    remedy="Group by it too, or take an aggregate of it.",
                )
            if one.variable is not None:
                known.add(one.variable)

    def _refuse_all_of_groups(self, query: Query) -> None:
        if is_grouped(query):
            raise BadQuery("SELECT * cannot select from groups", place=self._reading.before.place)


def refuse_repeated(written: Sequence[_Written], bound: Collection[Variable]) -> None:
    """Raises `BadQuery` where AS names what has a value already, or is selected before."""
    known = set(bound)
    for one, token in written:
        if one.variable is not None:
            refuse_bound(one.variable, token, known)
        known |= {one.variable} if one.variable else {one.expression} if isinstance(one.expression, Variable) else set()
