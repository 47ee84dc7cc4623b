"""What an expression is in SQL: the number of a term, a number, a row of `value`, a text, an IRI's text, or a truth value."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from mcqms_kg.model import Term
from mcqms_kg.shacl.sql.terms import all_of, call, fresh


@dataclass(frozen=True)
class TermOperand:
    """The number of a term; `constant` is the term where it stands in the shape."""

    id: exp.Expr
    constant: Term | None = None


@dataclass(frozen=True)
class Number:
    """A number: exact where it is an integer or decimal, which `sure` says it is; else a double."""

    exact: exp.Expr
    double: exp.Expr
    sure: bool = False


@dataclass(frozen=True)
class Row:
    """A value as a row of `value`: a moment that was computed."""

    row: exp.Expr


@dataclass(frozen=True)
class Text:
    """A plain string that was computed."""

    text: exp.Expr


@dataclass(frozen=True)
class IriText:
    """An IRI that was computed, as text without angle brackets."""

    text: exp.Expr


@dataclass(frozen=True)
class Truth:
    truth: exp.Expr


@dataclass(frozen=True)
class Error:
    """SPARQL's error, and what is unbound."""


Operand = TermOperand | Number | Row | Text | IriText | Truth | Error

NULL_TRUTH = exp.cast(exp.null(), "BOOLEAN")
OPERATORS: dict[str, type[exp.Binary]] = {"less": exp.LT, "less_or_equal": exp.LTE, "equal": exp.EQ}


def compare_numbers(operator: type[exp.Binary], left: Number, right: Number) -> exp.Expr:
    """Exactly where both numbers are exact, else as doubles."""
    exactly = operator(this=fresh(left.exact), expression=fresh(right.exact))
    if left.sure and right.sure:
        return exactly
    both = all_of(
        [exp.Not(this=exp.Is(this=fresh(n.exact), expression=exp.null())) for n in (left, right) if not n.sure]
    )
    roughly = operator(this=fresh(left.double), expression=fresh(right.double))
    return exp.Paren(this=exp.Case(ifs=[exp.If(this=both, true=exactly)], default=roughly))


def calculate(function: str, left: Number, right: Number) -> Number:
    """Arithmetic that is exact, or fails, on exact numbers."""
    operators: dict[str, type[exp.Binary]] = {"add": exp.Add, "subtract": exp.Sub, "multiply": exp.Mul}
    sure = left.sure and right.sure
    if function == "divide":
        zero = exp.func("NULLIF", fresh(right.double), exp.Literal.number(0))
        double: exp.Expr = exp.Paren(this=exp.Div(this=fresh(left.double), expression=zero))
        return Number(call("divided", left.exact, right.exact), double, sure)
    operator = operators[function]
    exact = call("tidy", operator(this=fresh(left.exact), expression=fresh(right.exact)))
    return Number(exact, exp.Paren(this=operator(this=fresh(left.double), expression=fresh(right.double))), sure)
