"""Expressions read by descent, an operator's strength a level (SPARQL 1.1, 19.8, [110] to [128])."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mcqms_kg.errors import BadQuery
from mcqms_kg.model import Term
from mcqms_kg.sparql.calls import AGGREGATES, FUNCTIONS
from mcqms_kg.sparql.expressions import Aggregate, Call, Exists, Expression, FunctionCall, Variable
from mcqms_kg.sparql.syntax import Group
from mcqms_kg.sparql.terms import QueryReading, number
from mcqms_kg.sparql.tokens import Token

MOST = 200
"""Terms of one sum or product, which lie within each other."""
_RELATIONS = ("=", "!=", "<", ">", "<=", ">=")
ReadGroup = Callable[[], Group]
"""How the group of an EXISTS is read."""


class Conditions:
    """Reads expressions; the groups inside them are read by who reads groups."""

    def __init__(self, reading: QueryReading, group: ReadGroup) -> None:
        self._reading, self._group = reading, group
        self._takes_aggregates = False

    def expression(self) -> Expression:
        """Whatever has a value."""
        return self._flat("||", lambda: self._flat("&&", self._relation))

    def constraint(self) -> Expression:
        """An expression in parentheses, or a call."""
        reading = self._reading
        if reading.sees("("):
            return self.bracketed()
        if reading.now.kind == "word":
            return self._built_in()
        found = self._named()
        if not isinstance(found, FunctionCall):
            raise BadQuery("A function must be called here", place=reading.before.place)
        return found

    def bracketed(self) -> Expression:
        """An expression in parentheses."""
        with self._reading.deeper(self._reading.take_sign("(")):
            found = self.expression()
            self._reading.take_sign(")")
        return found

    @contextmanager
    def aggregates(self, allowed: bool) -> Iterator[None]:
        """Whether aggregates may stand in what is read meanwhile: in SELECT, HAVING and ORDER BY, not in each other."""
        before, self._takes_aggregates = self._takes_aggregates, allowed
        yield
        self._takes_aggregates = before

    def _flat(self, sign: str, part: Callable[[], Expression]) -> Expression:
        found = [part()]
        while self._reading.take_if(sign):
            found.append(part())
        return Call(sign, tuple(found)) if len(found) > 1 else found[0]

    def _relation(self) -> Expression:
        left, token = self._sum(), self._reading.now
        if token.kind == "sign" and token.text in _RELATIONS:
            self._reading.take()
            return Call(token.text, (left, self._sum()))
        if token.word == "IN":
            self._reading.take()
            return Call("IN", (left, *self._arguments()))
        if token.word == "NOT":
            self._reading.take()
            if not self._reading.take_if("IN"):
                raise self._reading.cannot_stand()
            return Call("NOT IN", (left, *self._arguments()))
        return left

    def _sum(self) -> Expression:
        """A sum; a number with a sign behind a term is added or taken away, which the sign stands for."""
        reading = self._reading
        found = self._product(self._unary())
        for _ in range(MOST):
            token = reading.now
            if token.kind == "sign" and token.text in ("+", "-"):
                reading.take()
                found = Call(token.text, (found, self._product(self._unary())))
            elif token.kind == "number" and token.text[0] in "+-":
                reading.take()
                found = Call(token.text[0], (found, self._product(number(token.text[1:]))))
            else:
                return found
        raise _too_long(reading.now)

    def _product(self, first: Expression) -> Expression:
        found, reading = first, self._reading
        for _ in range(MOST):
            sign = reading.now
            if not (sign.kind == "sign" and sign.text in ("*", "/")):
                return found
            reading.take()
            found = Call(sign.text, (found, self._unary()))
        raise _too_long(reading.now)

    def _unary(self) -> Expression:
        sign = self._reading.now
        if sign.kind == "sign" and sign.text in ("!", "+", "-"):
            self._reading.take()
            return Call(sign.text, (self._primary(),))
        return self._primary()

    def _primary(self) -> Expression:
        reading = self._reading
        if reading.sees("("):
            return self.bracketed()
        if reading.now.kind == "variable":
            return reading.variable()
        if reading.sees_literal():
            return reading.literal()
        if reading.now.kind in ("iri", "name"):
            return self._named()
        return self._built_in()

    def _named(self) -> Expression:
        """An IRI, or the call of a function by it."""
        iri = self._reading.iri()
        if not self._reading.sees("("):
            return iri
        with self._reading.deeper(self._reading.take()):
            distinct = self._reading.take_if("DISTINCT")
            return FunctionCall(iri, self._listed(at_least=int(distinct)), distinct)

    def _arguments(self) -> tuple[Expression, ...]:
        with self._reading.deeper(self._reading.take_sign("(")):
            return self._listed()

    def _listed(self, at_least: int = 0) -> tuple[Expression, ...]:
        """Expressions up to the parenthesis that ends them."""
        reading, found = self._reading, list[Expression]()
        if not at_least and reading.take_if(")"):
            return ()
        while not found or reading.take_if(","):
            found.append(self.expression())
        reading.take_sign(")")
        return tuple(found)

    def _built_in(self) -> Expression:
        """A function or aggregate by its name, or EXISTS."""
        reading = self._reading
        token = reading.now
        name = token.word
        if name in ("EXISTS", "NOT"):
            return self._exists()
        if name in AGGREGATES:
            return self._aggregate()
        if name not in FUNCTIONS:
            raise reading.cannot_stand()
        reading.take()
        arguments = self._arguments()
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(arguments) <= most:
            raise BadQuery(f"{token.text} does not take {len(arguments)} arguments", place=token.place)
        if name == "BOUND" and not isinstance(arguments[0], Variable):
            raise BadQuery("BOUND takes a variable", place=token.place)
        return Call(name, arguments)

    def _exists(self) -> Exists:
        negated = self._reading.take_if("NOT")
        if not self._reading.take_if("EXISTS"):
            raise self._reading.cannot_stand()
        with self.aggregates(False):
            return Exists(self._group(), negated)

    def _aggregate(self) -> Aggregate:
        reading = self._reading
        token = reading.take()
        if not self._takes_aggregates:
            raise BadQuery(
                f"The aggregate {token.text} cannot stand here",
                place=token.place,
                remedy="Aggregates stand in SELECT, HAVING and ORDER BY, and not within each other.",
            )
        with reading.deeper(reading.take_sign("(")), self.aggregates(False):
            distinct = reading.take_if("DISTINCT")
            argument = None if token.word == "COUNT" and reading.take_if("*") else self.expression()
            separator = self._separator() if token.word == "GROUP_CONCAT" and reading.take_if(";") else None
            reading.take_sign(")")
        return Aggregate(token.word, argument, distinct, separator)

    def _separator(self) -> Term:
        reading = self._reading
        if reading.take_kind("word", "SEPARATOR").word != "SEPARATOR":
            raise BadQuery("SEPARATOR must stand here", place=reading.before.place)
        reading.take_sign("=")
        return Term(reading.take_kind("string", "a text").text)


def _too_long(at: Token) -> BadQuery:
    return BadQuery(f"The sum or product has more than {MOST} terms", place=at.place, remedy="Write it in parts.")
