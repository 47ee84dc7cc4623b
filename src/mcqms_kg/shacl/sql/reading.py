"""How expressions are read: what each is in SQL, and the lookups it needs.

SQL's NULL stands for SPARQL's error and for unbound, and its three-valued logic is SPARQL's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.graph.columns import xsd as columns_xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sql.macros import NUMBER
from mcqms_kg.shacl.sql.operands import NULL_TRUTH, Error, Number, Operand, Row, TermOperand, Text, Truth
from mcqms_kg.shacl.sql.terms import call, case, column, fresh, is_tag, same, table, tag, text, whole

if TYPE_CHECKING:
    from mcqms_kg.shacl.sql.blocks import Block
    from mcqms_kg.shacl.sql.writer import Writer

Argument = p.Expression | str | int
STRING = XSD + "string"


class Reader:
    """Reads the expressions of one block, and adds the lookups they need to it.

    A method `_name` of a subclass writes the function `name` of the plan; a function without a method is not supported.
    """

    def __init__(self, writer: Writer, block: Block) -> None:
        self.writer = writer
        self.block = block

    def operand(self, expression: Argument) -> Operand:
        """The expression, read; raises `Unsupported` where there is no exact SQL for it."""
        if isinstance(expression, p.Const):
            return TermOperand(self.writer.number(expression.term), expression.term)
        if isinstance(expression, p.Var):
            return self._variable(expression.name)
        if isinstance(expression, p.Call):
            method = getattr(self, f"_{expression.function}", None)
            if method is not None:
                found = method(*expression.arguments)
                return Truth(found) if isinstance(found, exp.Expr) else found
            raise Unsupported(f"The function {expression.function}")
        raise Unsupported("EXISTS inside a larger expression")

    def _variable(self, name: str) -> Operand:
        place = self.block.columns.get(name)
        if place is None:
            return Error()
        kind = self.block.kinds.get(name, "term")
        if kind == "number":
            return Number(fresh(place), exp.cast(fresh(place), "DOUBLE"), sure=True)
        return Text(fresh(place)) if kind == "text" else TermOperand(fresh(place))

    def truth(self, expression: Argument) -> exp.Expr:
        """An expression as an SQL condition: true, false, or NULL where SPARQL has an error."""
        found = self.operand(expression)
        if isinstance(found, Truth):
            return found.truth
        if isinstance(found, Error):
            return NULL_TRUTH.copy()
        raise Unsupported("The effective boolean value of a computed value")

    def computed(self, expression: p.Expression) -> tuple[str, exp.Expr]:
        """A computed column: what it holds, and its SQL."""
        found = self.operand(expression)
        if isinstance(found, TermOperand):
            return "term", found.id
        if isinstance(found, Text):
            return "text", found.text
        if isinstance(found, Number) and found.sure:
            return "number", found.exact
        raise Unsupported("A computed value in a column")

    def aggregate(self, given: p.Call) -> exp.Expr:
        """An aggregate over the rows of a group."""
        if not given.arguments:
            return exp.Count(this=exp.Star())
        if given.function == "sum":
            number = self._number(given.arguments[0])
            return call("exact_sum", number.exact, number.double)
        counted = self.term(given.arguments[0])
        return exp.Count(this=exp.Distinct(expressions=[counted]) if given.function == "count_distinct" else counted)

    def term(self, expression: Argument) -> exp.Expr:
        """The number of a term."""
        return self._id(self.operand(expression))

    def _id(self, operand: Operand) -> exp.Expr:
        if isinstance(operand, TermOperand):
            return operand.id
        raise Unsupported("A computed value where a term must stand")

    def _lookup(self, name: str, id_: exp.Expr) -> str:
        """The alias under which a table that describes terms is joined to the term."""
        for source in self.block.sources:
            if source.relation.name == name and source.conditions == (same(column(source.alias, "id"), id_),):
                return source.alias
        alias = self.writer.alias({"value": "v", "literal": "l", "term": "n"}[name])
        self.writer.tables.add(name)
        self.block = self.block.looked_up(table(name, alias), alias, same(column(alias, "id"), id_))
        return alias

    def _text_of_iri(self, operand: TermOperand) -> exp.If:
        """A branch: for an IRI, what stands between its brackets."""
        name = self._lookup("term", operand.id)
        last = exp.Neg(this=whole(2))
        inside = exp.Bracket(this=column(name, "text"), expressions=[exp.Slice(this=whole(2), expression=last)])
        return exp.If(this=is_tag(operand.id, tags.IRI), true=inside)

    def _row(self, operand: Operand) -> exp.Expr:
        if isinstance(operand, Row):
            return operand.row
        if isinstance(operand, TermOperand):
            return exp.column(self._lookup("value", operand.id))
        raise Unsupported("A comparison of unlike computed values")

    def _number(self, expression: Argument | Operand) -> Number:
        operand = expression if isinstance(expression, Operand) else self.operand(expression)
        if isinstance(operand, Number):
            return operand
        if not isinstance(operand, TermOperand):
            raise Unsupported("Arithmetic on what is no number")
        if operand.constant is not None:
            return _constant_number(operand.constant)
        row = self._lookup("value", operand.id)
        is_number = exp.LTE(this=column(row, "space"), expression=exp.Literal.number(3))
        double = case(is_number, column(row, "x"))
        return Number(call("exact_number", operand.id, exp.column(row)), double)

    def _lexical(self, operand: Operand) -> exp.Expr:
        """The text of a plain string; nothing for any other term."""
        if isinstance(operand, Text):
            return operand.text
        if not isinstance(operand, TermOperand):
            raise Unsupported("A text function on what is no text")
        if operand.constant is not None:
            is_text = terms.datatype(operand.constant) == STRING
            return text(terms.lexical(operand.constant)) if is_text else exp.cast(exp.null(), "VARCHAR")
        return call("plain", operand.id, column(self._lookup("literal", operand.id), "lexical"))

    def _any_text(self, operand: Operand) -> exp.Expr:
        """The text of a string, with or without language."""
        if not isinstance(operand, TermOperand) or operand.constant is not None:
            return self._lexical(operand)
        lexical = column(self._lookup("literal", operand.id), "lexical")
        is_text = exp.Between(this=tag(operand.id), low=whole(tags.STRING), high=whole(tags.LANGUAGE))
        return case(is_text, lexical)

    def _plain_text(self, operand: Operand) -> exp.Expr:
        if not isinstance(operand, TermOperand) or operand.constant is not None:
            return self._lexical(operand)
        lexical = column(self._lookup("literal", operand.id), "lexical")
        return case(is_tag(operand.id, tags.STRING), lexical)


def _constant_number(term: Term) -> Number:
    datatype = terms.datatype(term)
    value = columns_xsd.value(terms.lexical(term), datatype) if tags.TAGS.get(datatype, 0) in tags.NUMBERS else None
    if isinstance(value, Decimal) and abs(value) < 10**18 and value == round(value, 10):
        exact = exp.cast(text(str(value)), NUMBER)
        return Number(exact, exp.cast(exact.copy(), "DOUBLE"), sure=True)
    if isinstance(value, float):
        return Number(exp.cast(exp.null(), NUMBER), exp.cast(text(str(value)), "DOUBLE"))
    raise Unsupported(f"Arithmetic with {term}")
