"""Comparisons by value (SPARQL 1.1, 17.3)."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.shacl.sql.bounds import bound_of
from mcqms_kg.shacl.sql.conditions import Conditions
from mcqms_kg.shacl.sql.operands import (
    NULL_TRUTH,
    OPERATORS,
    Error,
    IriText,
    Number,
    Operand,
    Row,
    TermOperand,
    Text,
    Truth,
    compare_numbers,
)
from mcqms_kg.shacl.sql.reading import STRING, Argument
from mcqms_kg.shacl.sql.terms import all_of, call, column, is_tag, same, text

_TO_RIGHT = {"less": "below", "less_or_equal": "at_most"}
_TO_LEFT = {"less": "above", "less_or_equal": "at_least"}
"""How a row compares with a constant that stands to its right or to its left."""


class Comparisons(Conditions):
    """The six comparisons, on terms and on computed values."""

    def _less(self, left: Argument, right: Argument) -> exp.Expr:
        return self._compared("less", left, right)

    def _less_or_equal(self, left: Argument, right: Argument) -> exp.Expr:
        return self._compared("less_or_equal", left, right)

    def _greater(self, left: Argument, right: Argument) -> exp.Expr:
        return self._compared("less", right, left)

    def _greater_or_equal(self, left: Argument, right: Argument) -> exp.Expr:
        return self._compared("less_or_equal", right, left)

    def _equal(self, left: Argument, right: Argument) -> exp.Expr:
        first, second = self.operand(left), self.operand(right)
        if isinstance(first, TermOperand) and isinstance(second, TermOperand):
            return self._equal_terms(first, second)
        if isinstance(first, IriText) or isinstance(second, IriText):
            return same(self._iri_text(first), self._iri_text(second))
        if isinstance(first, Truth) or isinstance(second, Truth):
            return same(exp.Paren(this=self._boolean(left)), exp.Paren(this=self._boolean(right)))
        return self._compared("equal", left, right)

    def _iri_text(self, side: Operand) -> exp.Expr:
        """The text of an IRI; of any other term the empty text, which no IRI is."""
        if isinstance(side, IriText):
            return side.text
        if not isinstance(side, TermOperand):
            raise Unsupported("A datatype compared with a computed value")
        if side.constant is not None:
            return text(terms.iri_text(side.constant) if terms.is_iri(side.constant) else "")
        inside = self._text_of_iri(side)
        known = exp.Not(this=exp.Is(this=side.id.copy(), expression=exp.null()))
        return exp.Paren(this=exp.Case(ifs=[inside, exp.If(this=known, true=text(""))]))

    def _unequal(self, left: Argument, right: Argument) -> exp.Expr:
        return exp.Not(this=exp.Paren(this=self._equal(left, right)))

    def _equal_terms(self, left: TermOperand, right: TermOperand) -> exp.Expr:
        for side in (left, right):
            if side.constant is not None and not terms.is_literal(side.constant):
                return same(left.id, right.id)
        for one, other in ((left, right), (right, left)):
            if (found := self._same_as_constant(one, other)) is not None:
                return found
        return call("same_value", left.id, right.id, self._row(left), self._row(right))

    def _same_as_constant(self, one: TermOperand, constant: TermOperand) -> exp.Expr | None:
        """Whether a term equals a constant, in the short form that there is for the constant's kind."""
        if constant.constant is None or one.constant is not None:
            return None
        if tags.tag_of(constant.constant) in (tags.STRING, tags.LANGUAGE):
            return call("same_text", one.id, self._row(one), constant.id)
        if (bound := bound_of(constant.constant)) is None:
            return None
        row = self._row(one)
        return call("same_as", one.id, row, call(f"{bound.kind}_is", row, *bound.arguments))

    def _by_value(self, function: str, left: Operand, right: Operand) -> exp.Expr:
        """A comparison of rows; with a constant that a short form can hold, without the constant's row."""
        for one, other, name in ((left, right, _TO_RIGHT.get(function)), (right, left, _TO_LEFT.get(function))):
            constant = other.constant if isinstance(other, TermOperand) else None
            bound = bound_of(constant) if constant is not None else None
            if name and bound is not None and bound.kind in ("number", "moment"):
                return call(f"{bound.kind}_{name}", self._row(one), *bound.arguments)
        return call(function, self._row(left), self._row(right))

    def _compared(self, function: str, left: Argument, right: Argument) -> exp.Expr:
        first, second = self.operand(left), self.operand(right)
        sides = (first, second)
        if any(isinstance(side, Error) for side in sides):
            return NULL_TRUTH.copy()
        if any(isinstance(side, Number) for side in sides):
            return compare_numbers(OPERATORS[function], self._number(first), self._number(second))
        if any(isinstance(side, Text) or _string_like(side) for side in sides):
            return self._compare_texts(function, first, second)
        by_value = self._by_value(function, first, second)
        if any(isinstance(side, Row) or _string_like(side) is False for side in sides):
            return by_value
        both = all_of([is_tag(side.id, tags.STRING) for side in sides if isinstance(side, TermOperand)])
        by_text = OPERATORS[function](this=self._literal_text(first), expression=self._literal_text(second))
        return exp.Paren(this=exp.Case(ifs=[exp.If(this=both, true=by_text)], default=by_value))

    def _literal_text(self, operand: Operand) -> exp.Expr:
        return column(self._lookup("literal", self._id(operand)), "lexical")

    def _compare_texts(self, function: str, left: Operand, right: Operand) -> exp.Expr:
        """By code point; only plain strings have an order."""
        first, second = (self._plain_text(side) for side in (left, right))
        return OPERATORS[function](this=first, expression=second)


def _string_like(side: Operand) -> bool | None:
    """Whether a constant is a plain string; nothing for what only the data tell."""
    if isinstance(side, TermOperand) and side.constant is not None:
        return terms.datatype(side.constant) == STRING
    return None
