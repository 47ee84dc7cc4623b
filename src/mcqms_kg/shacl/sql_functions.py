"""Expressions to SQL. SQL's NULL stands for SPARQL's error and for unbound, and its three-valued logic is SPARQL's.

A method `_name` writes the function `name` of the plan; a function without a method is not supported.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import columns_tags as tags
from mcqms_kg.graph import columns_xsd, terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.patterns import Search, to_re2
from mcqms_kg.shacl.sql_macros import NUMBER
from mcqms_kg.shacl.sql_operands import (
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
    calculate,
    compare_numbers,
)
from mcqms_kg.shacl.sql_terms import call, column, same, table, tag, text

if TYPE_CHECKING:
    from mcqms_kg.shacl.sql import Block, Writer

Argument = p.Expression | str | int
_STRING = XSD + "string"


class Functions:
    """Writes the expressions of one block, and adds the lookups they need to it."""

    def __init__(self, writer: Writer, block: Block) -> None:
        self.writer = writer
        self.block = block

    # what an expression is

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
                return Truth(found) if isinstance(found, exp.Expression) else found
            raise Unsupported(f"The function {expression.function}")
        raise Unsupported("EXISTS inside a larger expression")

    def _variable(self, name: str) -> Operand:
        place = self.block.columns.get(name)
        if place is None:
            return Error()
        kind = self.block.kinds.get(name, "term")
        if kind == "number":
            return Number(place.copy(), exp.cast(place.copy(), "DOUBLE"), sure=True)
        return Text(place.copy()) if kind == "text" else TermOperand(place.copy())

    def truth(self, expression: Argument) -> exp.Expression:
        """A condition."""
        found = self.operand(expression)
        if isinstance(found, Truth):
            return found.truth
        if isinstance(found, Error):
            return NULL_TRUTH.copy()
        raise Unsupported("The effective boolean value of a computed value")

    def computed(self, expression: p.Expression) -> tuple[str, exp.Expression]:
        """A computed column: what it holds, and its SQL."""
        found = self.operand(expression)
        if isinstance(found, TermOperand):
            return "term", found.id
        if isinstance(found, Text):
            return "text", found.text
        raise Unsupported("A computed value in a column")

    def aggregate(self, given: p.Call) -> exp.Expression:
        """An aggregate over the rows of a group."""
        if not given.arguments:
            return exp.Count(this=exp.Star())
        if given.function == "sum":
            number = self._number(given.arguments[0])
            return call("exact_sum", number.exact, number.double)
        counted = self.term(given.arguments[0])
        return exp.Count(this=exp.Distinct(expressions=[counted]) if given.function == "count_distinct" else counted)

    def term(self, expression: Argument) -> exp.Expression:
        """The number of a term."""
        found = self.operand(expression)
        if not isinstance(found, TermOperand):
            raise Unsupported("A computed value where a term must stand")
        return found.id

    def _lookup(self, name: str, id_: exp.Expression) -> str:
        """The alias under which a table that describes terms is joined to the term."""
        for source in self.block.sources:
            if source.relation.name == name and source.conditions == (same(column(source.alias, "id"), id_),):
                return source.alias
        alias = self.writer.alias({"value": "v", "literal": "l", "term": "n"}[name])
        self.writer.tables.add(name)
        self.block = self.block.looked_up(table(name, alias), alias, same(column(alias, "id"), id_))
        return alias

    def _row(self, operand: Operand) -> exp.Expression:
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
        double = exp.Paren(this=exp.Case(ifs=[exp.If(this=is_number, true=column(row, "x"))]))
        return Number(call("exact_number", exp.column(row)), double)

    # texts

    def _lexical(self, operand: Operand) -> exp.Expression:
        """The text of a plain string; nothing for any other term."""
        if isinstance(operand, Text):
            return operand.text
        if not isinstance(operand, TermOperand):
            raise Unsupported("A text function on what is no text")
        if operand.constant is not None:
            is_text = terms.datatype(operand.constant) == _STRING
            return text(terms.lexical(operand.constant)) if is_text else exp.cast(exp.null(), "VARCHAR")
        return call("plain", operand.id, column(self._lookup("literal", operand.id), "lexical"))

    def _any_text(self, operand: Operand) -> exp.Expression:
        """The text of a string, with or without language."""
        if not isinstance(operand, TermOperand) or operand.constant is not None:
            return self._lexical(operand)
        lexical = column(self._lookup("literal", operand.id), "lexical")
        is_text = exp.Between(this=tag(operand.id), low=_whole(tags.STRING), high=_whole(tags.LANGUAGE))
        return exp.Paren(this=exp.Case(ifs=[exp.If(this=is_text, true=lexical)]))

    def _str(self, argument: Argument) -> Operand:
        """The lexical form of a literal, the text of an IRI; an error for a blank node."""
        operand = self.operand(argument)
        if isinstance(operand, Text | Error):
            return operand
        if isinstance(operand, IriText):
            return Text(operand.text)
        if not isinstance(operand, TermOperand):
            raise Unsupported("The text of a computed value")
        if operand.constant is not None:
            return Text(text(terms.lexical(operand.constant)))
        literal, name = self._lookup("literal", operand.id), self._lookup("term", operand.id)
        last = exp.Neg(this=_whole(2))
        inside = exp.Bracket(this=column(name, "text"), expressions=[exp.Slice(this=_whole(2), expression=last)])
        is_iri = exp.If(this=_is_tag(operand.id, tags.IRI), true=inside)
        return Text(exp.Paren(this=exp.Case(ifs=[is_iri], default=column(literal, "lexical"))))

    def _language(self, argument: Argument) -> Operand:
        operand = self.operand(argument)
        if isinstance(operand, Text):
            return Text(text(""))
        if not isinstance(operand, TermOperand):
            return Error()
        return Text(column(self._lookup("literal", operand.id), "lang"))

    def _datatype(self, argument: Argument) -> Operand:
        operand = self.operand(argument)
        if not isinstance(operand, TermOperand):
            raise Unsupported("The datatype of a computed value")
        return IriText(column(self._lookup("literal", operand.id), "datatype"))

    def _upper(self, argument: Argument) -> Operand:
        return Text(exp.Upper(this=self._lexical(self.operand(argument))))

    def _lower(self, argument: Argument) -> Operand:
        return Text(exp.Lower(this=self._lexical(self.operand(argument))))

    def _concat(self, *arguments: Argument) -> Operand:
        parts = [self._lexical(self.operand(argument)) for argument in arguments]
        return Text(exp.Paren(this=_folded(exp.DPipe, parts)) if parts else text(""))

    def _string_length(self, argument: Argument) -> Operand:
        counted = call("length", self._any_text(self.operand(argument)))
        return Number(exp.cast(counted, NUMBER), exp.cast(counted.copy(), "DOUBLE"), sure=True)

    def _contains(self, whole: Argument, part: Argument) -> exp.Expression:
        return call("contains", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _starts(self, whole: Argument, part: Argument) -> exp.Expression:
        return call("starts_with", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _ends(self, whole: Argument, part: Argument) -> exp.Expression:
        return call("ends_with", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _language_matches(self, language: Argument, range_: Argument) -> exp.Expression:
        wanted = self.operand(range_)
        if not isinstance(wanted, TermOperand) or wanted.constant is None:
            raise Unsupported("A language range that is not written in the query")
        return _in_range(self._lexical(self.operand(language)), terms.lexical(wanted.constant).lower())

    def _has_language(self, term: Argument, range_: str) -> exp.Expression:
        language = self._language(term)
        assert isinstance(language, Text)
        return _in_range(language.text, range_.lower())

    def _length(self, term: Argument) -> exp.Expression:
        found = self._str(term)
        assert isinstance(found, Text)
        return call("length", found.text)

    def _matches(self, term: Argument, pattern: str, flags: str) -> exp.Expression:
        found = self._str(term)
        assert isinstance(found, Text)
        return self._searched(self.term(term), found.text, pattern, flags)

    def _regex(self, argument: Argument, pattern: str, flags: str) -> exp.Expression:
        operand = self.operand(argument)
        content = self._any_text(operand)
        if to_re2(pattern, flags) is None and not isinstance(operand, TermOperand):
            raise Unsupported("A regular expression beyond RE2 on a computed text")
        return self._searched(getattr(operand, "id", exp.null()), content, pattern, flags)

    def _searched(self, id_: exp.Expression, content: exp.Expression, pattern: str, flags: str) -> exp.Expression:
        translated = to_re2(pattern, flags)
        if translated is not None:
            return call("regexp_matches", content, text(translated))
        name = f"search_{len(self.writer.searches) + 1}"
        self.writer.searches.append(Search(name, self.writer.rows(self.block, id=id_, text=content), pattern, flags))
        return exp.In(this=id_.copy(), query=exp.Subquery(this=exp.select("id").from_(name)))

    # logic

    def _and(self, *parts: Argument) -> exp.Expression:
        return _folded(exp.And, [_enclosed(self.truth(part)) for part in parts]) if parts else exp.true()

    def _or(self, *parts: Argument) -> exp.Expression:
        return exp.Paren(this=_folded(exp.Or, [self.truth(part) for part in parts])) if parts else exp.false()

    def _not(self, part: Argument) -> exp.Expression:
        return exp.Not(this=exp.Paren(this=self.truth(part)))

    def _is_not_true(self, part: Argument) -> exp.Expression:
        return exp.Not(this=exp.Is(this=exp.Paren(this=self.truth(part)), expression=exp.true()))

    def _boolean(self, argument: Argument) -> exp.Expression:
        """The effective boolean value of a term (SPARQL 1.1, 17.2.2)."""
        operand = self.operand(argument)
        if isinstance(operand, Truth):
            return operand.truth
        if isinstance(operand, Error):
            return NULL_TRUTH.copy()
        if not isinstance(operand, TermOperand):
            raise Unsupported("The effective boolean value of a computed value")
        if operand.constant is not None and terms.datatype(operand.constant) == XSD + "boolean":
            return exp.true() if terms.lexical(operand.constant) in ("true", "1") else exp.false()
        row, literal = self._lookup("value", operand.id), self._lookup("literal", operand.id)
        return call("effective_boolean", operand.id, exp.column(row), column(literal, "lexical"))

    def _bound(self, argument: Argument) -> exp.Expression:
        operand = self.operand(argument)
        if isinstance(operand, TermOperand):
            is_null = exp.Is(this=operand.id.copy(), expression=exp.null())
            return exp.true() if operand.constant is not None else exp.Not(this=is_null)
        if isinstance(operand, Error):
            return exp.false()
        raise Unsupported("BOUND of a computed value")

    def _unbound(self) -> Operand:
        return Error()

    def _coalesce(self, *arguments: Argument) -> Operand:
        found = [o for o in map(self.operand, arguments) if not isinstance(o, Error)]
        if not found or isinstance(found[0], TermOperand) and found[0].constant is not None:
            return found[0] if found else Error()
        if all(isinstance(o, TermOperand) for o in found):
            return TermOperand(exp.Coalesce(this=found[0].id, expressions=[o.id for o in found[1:]]))  # type: ignore[union-attr]
        raise Unsupported("COALESCE of computed values")

    def _if(self, condition: Argument, yes: Argument, no: Argument) -> Operand:
        first, second = self.operand(yes), self.operand(no)
        if not isinstance(first, TermOperand) or not isinstance(second, TermOperand):
            raise Unsupported("IF between computed values")
        truth = self.truth(condition)
        branches = [exp.If(this=truth, true=first.id), exp.If(this=exp.Not(this=exp.Paren(this=truth.copy())), true=second.id)]
        return TermOperand(exp.Paren(this=exp.Case(ifs=branches)))

    # terms

    def _is_iri(self, term: Argument) -> exp.Expression:
        return _is_tag(self.term(term), tags.IRI)

    def _is_iri_or_unbound(self, term: Argument) -> exp.Expression:
        return exp.Not(this=exp.Is(this=exp.Paren(this=exp.Not(this=self._is_iri(term))), expression=exp.true()))

    def _is_blank(self, term: Argument) -> exp.Expression:
        return _is_tag(self.term(term), tags.BLANK)

    def _is_literal(self, term: Argument) -> exp.Expression:
        operand = self.operand(term)
        if not isinstance(operand, TermOperand):
            return NULL_TRUTH.copy() if isinstance(operand, Error) else exp.true()
        return exp.GTE(this=tag(operand.id), expression=_whole(tags.STRING))

    def _is_numeric(self, term: Argument) -> exp.Expression:
        space = column(self._lookup("value", self.term(term)), "space")
        return exp.Coalesce(this=exp.LTE(this=space, expression=_whole(3)), expressions=[exp.false()])

    def _is_tagged(self, term: Argument) -> exp.Expression:
        return _is_tag(self.term(term), tags.LANGUAGE)

    def _same_term(self, left: Argument, right: Argument) -> exp.Expression:
        return same(self.term(left), self.term(right))

    def _in(self, term: Argument, *members: Argument) -> exp.Expression:
        """Membership of terms, not of values."""
        return exp.In(this=self.term(term), expressions=[self.term(m) for m in members]) if members else exp.false()

    def _not_in(self, term: Argument, *members: Argument) -> exp.Expression:
        return exp.not_(self._in(term, *members))

    def _has_datatype(self, term: Argument, iri: str) -> exp.Expression:
        if iri in tags.TAGS:
            return _is_tag(self.term(term), tags.TAGS[iri])
        return same(column(self._lookup("literal", self.term(term)), "datatype"), text(iri))

    def _is_well_formed(self, term: Argument, iri: str) -> exp.Expression:
        if tags.TAGS.get(iri, 0) not in tags.VALUED:
            return exp.true()
        self.writer.tables.add("value")
        ill_formed = exp.select("id").from_("ill_formed")
        return exp.not_(exp.In(this=self.term(term), query=exp.Subquery(this=ill_formed)))

    # numbers

    def _at_least(self, counted: Argument, number: int) -> exp.Expression:
        return exp.GTE(this=self._counted(counted), expression=_whole(number))

    def _at_most(self, counted: Argument, number: int) -> exp.Expression:
        return exp.LTE(this=self._counted(counted), expression=_whole(number))

    def _exactly(self, counted: Argument, number: int) -> exp.Expression:
        return same(self._counted(counted), _whole(number))

    def _counted(self, counted: Argument) -> exp.Expression:
        found = self.operand(counted)
        return found.exact if isinstance(found, Number) else self.truth(counted)

    def _or_zero(self, argument: Argument) -> Operand:
        number = self._number(argument)
        exact = exp.Coalesce(this=number.exact, expressions=[_whole(0)])
        return Number(exact, exp.cast(exact.copy(), "DOUBLE"), sure=True)

    def _add(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("add", left, right)

    def _subtract(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("subtract", left, right)

    def _multiply(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("multiply", left, right)

    def _divide(self, left: Argument, right: Argument) -> Operand:
        return self._calculated("divide", left, right)

    def _calculated(self, function: str, left: Argument, right: Argument) -> Operand:
        first, second = self.operand(left), self.operand(right)
        if Error in (type(first), type(second)):
            return Error()
        if isinstance(first, Row) or _is_duration(second):
            if function not in ("add", "subtract"):
                return Error()
            sign = _whole(1) if function == "add" else exp.Neg(this=_whole(1))
            return Row(call("later", self._row(first), self._row(second), sign))
        return calculate(function, self._number(first), self._number(second))

    # comparisons

    def _less(self, left: Argument, right: Argument) -> exp.Expression:
        return self._compared("less", left, right)

    def _less_or_equal(self, left: Argument, right: Argument) -> exp.Expression:
        return self._compared("less_or_equal", left, right)

    def _greater(self, left: Argument, right: Argument) -> exp.Expression:
        return self._compared("less", right, left)

    def _greater_or_equal(self, left: Argument, right: Argument) -> exp.Expression:
        return self._compared("less_or_equal", right, left)

    def _equal(self, left: Argument, right: Argument) -> exp.Expression:
        first, second = self.operand(left), self.operand(right)
        if isinstance(first, TermOperand) and isinstance(second, TermOperand):
            return self._equal_terms(first, second)
        if isinstance(first, IriText) or isinstance(second, IriText):
            return same(_iri_text(first), _iri_text(second))
        if isinstance(first, Truth) or isinstance(second, Truth):
            return same(exp.Paren(this=self._boolean(left)), exp.Paren(this=self._boolean(right)))
        return self._compared("equal", left, right)

    def _unequal(self, left: Argument, right: Argument) -> exp.Expression:
        return exp.Not(this=exp.Paren(this=self._equal(left, right)))

    def _equal_terms(self, left: TermOperand, right: TermOperand) -> exp.Expression:
        for side in (left, right):
            if side.constant is not None and not terms.is_literal(side.constant):
                return same(left.id, right.id)
        return call("same_value", left.id, right.id, self._row(left), self._row(right))

    def _compared(self, function: str, left: Argument, right: Argument) -> exp.Expression:
        first, second = self.operand(left), self.operand(right)
        sides = (first, second)
        if any(isinstance(side, Error) for side in sides):
            return NULL_TRUTH.copy()
        if any(isinstance(side, Number) for side in sides):
            return compare_numbers(OPERATORS[function], self._number(first), self._number(second))
        if any(isinstance(side, Text) or _string_like(side) for side in sides):
            return self._compare_texts(function, first, second)
        by_value = call(function, self._row(first), self._row(second))
        if any(isinstance(side, Row) or _string_like(side) is False for side in sides):
            return by_value
        both = exp.and_(*(_is_tag(side.id, tags.STRING) for side in sides if isinstance(side, TermOperand)))
        by_text = self._compare_texts(function, first, second)
        return exp.Paren(this=exp.Case(ifs=[exp.If(this=both, true=by_text)], default=by_value))

    def _compare_texts(self, function: str, left: Operand, right: Operand) -> exp.Expression:
        """By code point; only plain strings have an order."""
        first, second = (self._plain_text(side) for side in (left, right))
        return OPERATORS[function](this=first, expression=second)

    def _plain_text(self, operand: Operand) -> exp.Expression:
        if not isinstance(operand, TermOperand) or operand.constant is not None:
            return self._lexical(operand)
        lexical = column(self._lookup("literal", operand.id), "lexical")
        return exp.Paren(this=exp.Case(ifs=[exp.If(this=_is_tag(operand.id, tags.STRING), true=lexical)]))


def _whole(number: int) -> exp.Expression:
    return exp.Literal.number(number)


def _is_tag(id_: exp.Expression, wanted: int) -> exp.Expression:
    return same(tag(id_), _whole(wanted))


def _folded(operator: type[exp.Binary], parts: list[exp.Expression]) -> exp.Expression:
    whole = parts[0]
    for part in parts[1:]:
        whole = operator(this=whole, expression=part)
    return whole


def _enclosed(condition: exp.Expression) -> exp.Expression:
    return exp.Paren(this=condition) if isinstance(condition, exp.Or) else condition


def _in_range(language: exp.Expression, wanted: str) -> exp.Expression:
    """Basic filtering of RFC 4647: the tag is the range, or goes on after it with a hyphen."""
    if wanted == "*":
        return exp.NEQ(this=language, expression=text(""))
    return exp.Paren(this=exp.or_(same(language, text(wanted)), call("starts_with", language, text(f"{wanted}-"))))


def _string_like(side: Operand) -> bool | None:
    """Whether a constant is a plain string; nothing for what only the data tell."""
    if isinstance(side, TermOperand) and side.constant is not None:
        return terms.datatype(side.constant) == _STRING
    return None


def _is_duration(side: Operand) -> bool:
    constant = side.constant if isinstance(side, TermOperand) else None
    return constant is not None and terms.datatype(constant).endswith("uration")


def _iri_text(side: Operand) -> exp.Expression:
    if isinstance(side, IriText):
        return side.text
    if isinstance(side, TermOperand) and side.constant is not None:
        is_iri = terms.is_iri(side.constant)
        return text(terms.iri_text(side.constant)) if is_iri else exp.cast(exp.null(), "VARCHAR")
    raise Unsupported("A datatype compared with a variable")


def _constant_number(term: Term) -> Number:
    datatype = terms.datatype(term)
    value = columns_xsd.value(terms.lexical(term), datatype) if tags.TAGS.get(datatype, 0) in tags.NUMBERS else None
    if isinstance(value, Decimal) and abs(value) < 10**18 and value == round(value, 10):
        exact = exp.cast(text(str(value)), NUMBER)
        return Number(exact, exp.cast(exact.copy(), "DOUBLE"), sure=True)
    if isinstance(value, float):
        return Number(exp.cast(exp.null(), NUMBER), exp.cast(text(str(value)), "DOUBLE"))
    raise Unsupported(f"Arithmetic with {term}")

