"""Arithmetic, exact or refused, and counts."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.graph import terms
from mcqms_kg.shacl.sql.macros import NUMBER
from mcqms_kg.shacl.sql.operands import Error, Number, Operand, Row, TermOperand, calculate
from mcqms_kg.shacl.sql.reading import Argument, Reader
from mcqms_kg.shacl.sql.terms import call, same, whole


class Arithmetic(Reader):
    """Functions on numbers, and of moments and durations."""

    def _at_least(self, counted: Argument, number: int) -> exp.Expr:
        return exp.GTE(this=self._counted(counted), expression=whole(number))

    def _at_most(self, counted: Argument, number: int) -> exp.Expr:
        return exp.LTE(this=self._counted(counted), expression=whole(number))

    def _exactly(self, counted: Argument, number: int) -> exp.Expr:
        return same(self._counted(counted), whole(number))

    def _counted(self, counted: Argument) -> exp.Expr:
        found = self.operand(counted)
        return found.exact if isinstance(found, Number) else self.truth(counted)

    def _or_zero(self, argument: Argument) -> Operand:
        number = self._number(argument)
        exact = exp.Coalesce(this=number.exact, expressions=[whole(0)])
        return Number(exact, exp.cast(exact.copy(), "DOUBLE"), sure=True)

    def _add(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("add", left, right)

    def _subtract(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("subtract", left, right)

    def _multiply(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("multiply", left, right)

    def _divide(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("divide", left, right)

    def _absolute(self, argument: Argument) -> Operand:
        number = self._number(argument)
        return Number(call("abs", number.exact), call("abs", number.double), number.sure)

    def _ceiling(self, argument: Argument) -> Operand:
        return self._rounded("ceil", argument)

    def _floor(self, argument: Argument) -> Operand:
        return self._rounded("floor", argument)

    def _rounded(self, function: str, argument: Argument) -> Operand:
        number = self._number(argument)
        return Number(exp.cast(call(function, number.exact), NUMBER), call(function, number.double), number.sure)

    def _calculated(self, function: str, left: Argument, right: Argument) -> Operand:
        first, second = self.operand(left), self.operand(right)
        if Error in (type(first), type(second)):
            return Error()
        if isinstance(first, Row) or _is_duration(second):
            if function not in ("add", "subtract"):
                return Error()
            sign = whole(1) if function == "add" else exp.Neg(this=whole(1))
            return Row(call("later", self._row(first), self._row(second), sign))
        return calculate(function, self._number(first), self._number(second))


def _is_duration(side: Operand) -> bool:
    constant = side.constant if isinstance(side, TermOperand) else None
    return constant is not None and terms.datatype(constant).endswith("uration")
