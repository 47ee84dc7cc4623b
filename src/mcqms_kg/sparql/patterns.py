"""Groups and what stands in them, read (SPARQL 1.1, 19.8, [53] to [68])."""

from __future__ import annotations

from collections.abc import Callable, Collection

from mcqms_kg.errors import BadQuery
from mcqms_kg.model import Term
from mcqms_kg.sparql.conditions import Conditions
from mcqms_kg.sparql.expressions import Expression, Variable
from mcqms_kg.sparql.scope import in_scope
from mcqms_kg.sparql.syntax import (
    Bind,
    Element,
    Filter,
    Graph,
    Group,
    Minus,
    Optional,
    Query,
    Service,
    SubSelect,
    Triples,
    Union,
    Values,
)
from mcqms_kg.sparql.terms import QueryReading
from mcqms_kg.sparql.tokens import Token
from mcqms_kg.sparql.triples import begins_triples, read_triples


class Groups:
    """Reads groups; subqueries in them are read by who reads queries."""

    def __init__(self, reading: QueryReading, sub_select: Callable[[], Query]) -> None:
        self._reading, self._sub_select = reading, sub_select
        self.conditions = Conditions(reading, self.group)

    def group(self) -> Group:
        """What stands between braces."""
        with self._reading.deeper(self._reading.take_sign("{")):
            if self._reading.now.word == "SELECT":
                elements: list[Element] = [SubSelect(self._sub_select())]
            else:
                elements = self._elements()
            self._reading.take_sign("}")
        return Group(tuple(elements))

    def _elements(self) -> list[Element]:
        """Triples, and between them parts, each with a dot behind it or none. A basic graph pattern goes on behind a filter."""
        reading, found = self._reading, list[Element]()
        block = reading.new_block()
        while True:
            if begins_triples(reading):
                reading.in_block(block)
                found.append(Triples(read_triples(reading)))
            if reading.sees("}"):
                return found
            found.append(self._part(found))
            if not isinstance(found[-1], Filter):
                block = reading.new_block()
            reading.take_if(".")

    def _part(self, before: list[Element]) -> Element:
        reading, word = self._reading, self._reading.now.word
        if reading.sees("{"):
            return self._union()
        if word not in ("OPTIONAL", "MINUS", "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"):
            raise reading.cannot_stand()
        reading.take()
        match word:
            case "OPTIONAL":
                return Optional(self.group())
            case "MINUS":
                return Minus(self.group())
            case "GRAPH":
                return Graph(self._name(), self.group())
            case "SERVICE":
                silent = reading.take_if("SILENT")
                return Service(self._name(), silent, self.group())
            case "FILTER":
                return Filter(self.conditions.constraint())
            case "BIND":
                return self._bind(before)
        return self.values()

    def _union(self) -> Union:
        groups = [self.group()]
        while self._reading.take_if("UNION"):
            groups.append(self.group())
        return Union(tuple(groups))

    def _name(self) -> Term | Variable:
        return self._reading.variable() if self._reading.now.kind == "variable" else self._reading.iri()

    def _bind(self, before: list[Element]) -> Bind:
        expression, variable, token = self.named()
        refuse_bound(variable, token, in_scope(before))
        return Bind(expression, variable)

    def named(self) -> tuple[Expression, Variable, Token]:
        """`(expression AS ?variable)`, and where the variable stands."""
        reading = self._reading
        with reading.deeper(reading.take_sign("(")):
            expression = self.conditions.expression()
            if not reading.take_if("AS"):
                raise reading.cannot_stand()
            token = reading.now
            variable = reading.variable()
            reading.take_sign(")")
        return expression, variable, token

    def values(self) -> Values:
        """What stands behind VALUES."""
        reading = self._reading
        if reading.now.kind == "variable":
            variables: tuple[Variable, ...] = (reading.variable(),)
            reading.take_sign("{")
            rows = []
            while not reading.take_if("}"):
                rows.append((self._value(),))
            return Values(variables, tuple(rows))
        reading.take_sign("(")
        found = list[Variable]()
        while not reading.take_if(")"):
            found.append(reading.variable())
        reading.take_sign("{")
        rows_of_many = []
        while not reading.take_if("}"):
            rows_of_many.append(self._row(len(found)))
        return Values(tuple(found), tuple(rows_of_many))

    def _row(self, width: int) -> tuple[Term | None, ...]:
        opening, row = self._reading.take_sign("("), list[Term | None]()
        while not self._reading.take_if(")"):
            row.append(self._value())
        if len(row) != width:
            raise BadQuery(f"There are {len(row)} values for {width} variables", place=opening.place)
        return tuple(row)

    def _value(self) -> Term | None:
        reading = self._reading
        if reading.take_if("UNDEF"):
            return None
        return reading.literal() if reading.sees_literal() else reading.iri()


def refuse_bound(variable: Variable, token: Token, bound: Collection[Variable]) -> None:
    """Raises `BadQuery` for a variable behind AS that may have a value already (18.2.1)."""
    if variable in bound:
        raise BadQuery(f"?{variable.name} may have a value already, and AS gives it another", place=token.place)
