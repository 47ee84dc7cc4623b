"""Constants in comparisons: those whose value fits into the short macros, so that a query need not look it up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlglot import exp

from mcqms_kg.graph.columns.tags import tag_of
from mcqms_kg.graph.columns.values import space_of_moment
from mcqms_kg.graph.columns.xsd import Moment
from mcqms_kg.model import Term
from mcqms_kg.shacl.constants import simple_value
from mcqms_kg.shacl.sql.terms import whole


@dataclass(frozen=True)
class Bound:
    """A constant's value: `kind` is the first word of the macros for it (`number`, `moment`, `truth`), `arguments` what they take."""

    kind: str
    arguments: tuple[exp.Expr, ...]


def bound_of(constant: Term) -> Bound | None:
    """Nothing where the constant has no value, or one that only its row tells exactly."""
    found = simple_value(constant)
    if isinstance(found, bool):
        return Bound("truth", (whole(int(found)),))
    if isinstance(found, Decimal):
        return Bound("number", (_double(found),))
    if isinstance(found, Moment):
        zoned = exp.true() if found.zoned else exp.false()
        return Bound("moment", (whole(space_of_moment(tag_of(constant))), whole(found.microseconds), zoned))
    return None


def _double(number: Decimal) -> exp.Expr:
    """The number as a double in SQL; a literal without an exponent would be a decimal."""
    written = exp.Literal(this=f"{abs(number):f}e0", is_string=False)
    return exp.Neg(this=written) if number < 0 else written
