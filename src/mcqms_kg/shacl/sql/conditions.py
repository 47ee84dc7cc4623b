"""Logic, and questions about a term."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.sql.operands import NULL_TRUTH, Error, Operand, TermOperand, Truth
from mcqms_kg.shacl.sql.reading import Argument, Reader
from mcqms_kg.shacl.sql.terms import call, column, folded, ids_of, is_tag, same, tag, text, whole


class Conditions(Reader):
    """Conditions on truth values and on terms."""

    def _and(self, *parts: Argument) -> exp.Expr:
        return folded(exp.And, [_enclosed(self.truth(part)) for part in parts]) if parts else exp.true()

    def _or(self, *parts: Argument) -> exp.Expr:
        return exp.Paren(this=folded(exp.Or, [self.truth(part) for part in parts])) if parts else exp.false()

    def _not(self, part: Argument) -> exp.Expr:
        return exp.Not(this=exp.Paren(this=self.truth(part)))

    def _is_not_true(self, part: Argument) -> exp.Expr:
        return exp.Not(this=exp.Is(this=exp.Paren(this=self.truth(part)), expression=exp.true()))

    def _boolean(self, argument: Argument) -> exp.Expr:
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

    def _bound(self, argument: Argument) -> exp.Expr:
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
        if not found or (isinstance(found[0], TermOperand) and found[0].constant is not None):
            return found[0] if found else Error()
        known = [o for o in found if isinstance(o, TermOperand)]
        if len(known) == len(found):
            return TermOperand(exp.Coalesce(this=known[0].id, expressions=[o.id for o in known[1:]]))
        raise Unsupported("COALESCE of computed values")

    def _if(self, condition: Argument, yes: Argument, no: Argument) -> Operand:
        first, second = self.operand(yes), self.operand(no)
        if not isinstance(first, TermOperand) or not isinstance(second, TermOperand):
            raise Unsupported("IF between computed values")
        truth = self.truth(condition)
        branches = [
            exp.If(this=truth, true=first.id),
            exp.If(this=exp.Not(this=exp.Paren(this=truth.copy())), true=second.id),
        ]
        return TermOperand(exp.Paren(this=exp.Case(ifs=branches)))

    def _is_iri(self, term: Argument) -> exp.Expr:
        return is_tag(self.term(term), tags.IRI)

    def _iri_or_nothing(self, term: Argument) -> Operand:
        return TermOperand(exp.Case(ifs=[exp.If(this=self._is_iri(term), true=self.term(term))]))

    def _is_blank(self, term: Argument) -> exp.Expr:
        return is_tag(self.term(term), tags.BLANK)

    def _is_literal(self, term: Argument) -> exp.Expr:
        operand = self.operand(term)
        if not isinstance(operand, TermOperand):
            return NULL_TRUTH.copy() if isinstance(operand, Error) else exp.true()
        return exp.GTE(this=tag(operand.id), expression=whole(tags.STRING))

    def _is_numeric(self, term: Argument) -> exp.Expr:
        space = column(self._lookup("value", self.term(term)), "space")
        return exp.Coalesce(this=exp.LTE(this=space, expression=whole(3)), expressions=[exp.false()])

    def _is_tagged(self, term: Argument) -> exp.Expr:
        return is_tag(self.term(term), tags.LANGUAGE)

    def _same_term(self, left: Argument, right: Argument) -> exp.Expr:
        return same(self.term(left), self.term(right))

    def _in(self, term: Argument, *members: Argument) -> exp.Expr:
        """Membership of terms, not of values."""
        return exp.In(this=self.term(term), expressions=[self.term(m) for m in members]) if members else exp.false()

    def _not_in(self, term: Argument, *members: Argument) -> exp.Expr:
        return exp.Not(this=self._in(term, *members))

    def _has_datatype(self, term: Argument, iri: str) -> exp.Expr:
        if iri in tags.TAGS:
            return is_tag(self.term(term), tags.TAGS[iri])
        return same(column(self._lookup("literal", self.term(term)), "datatype"), text(iri))

    def _is_well_formed(self, term: Argument, iri: str) -> exp.Expr:
        if tags.TAGS.get(iri, 0) not in tags.VALUED:
            return exp.true()
        self.writer.tables.add("value")
        return exp.Not(this=exp.In(this=self.term(term), query=ids_of("ill_formed")))


def _enclosed(condition: exp.Expr) -> exp.Expr:
    return exp.Paren(this=condition) if isinstance(condition, exp.Or) else condition
