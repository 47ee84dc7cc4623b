"""Functions on texts, languages and regular expressions."""

from __future__ import annotations

from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.shacl.patterns import Search, to_re2
from mcqms_kg.shacl.sql.macros import NUMBER
from mcqms_kg.shacl.sql.operands import Error, IriText, Number, Operand, TermOperand, Text
from mcqms_kg.shacl.sql.reading import Argument, Reader
from mcqms_kg.shacl.sql.terms import call, column, folded, fresh, ids_of, same, text


class Texts(Reader):
    """Functions that read or make texts."""

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
        literal = self._lookup("literal", operand.id)
        is_iri = self._text_of_iri(operand)
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
        return Text(exp.Paren(this=folded(exp.DPipe, parts)) if parts else text(""))

    def _string_length(self, argument: Argument) -> Operand:
        counted = call("length", self._any_text(self.operand(argument)))
        return Number(exp.cast(counted, NUMBER), exp.cast(counted.copy(), "DOUBLE"), sure=True)

    def _contains(self, whole: Argument, part: Argument) -> exp.Expr:
        return call("contains", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _starts(self, whole: Argument, part: Argument) -> exp.Expr:
        return call("starts_with", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _ends(self, whole: Argument, part: Argument) -> exp.Expr:
        return call("ends_with", self._any_text(self.operand(whole)), self._lexical(self.operand(part)))

    def _language_matches(self, language: Argument, range_: Argument) -> exp.Expr:
        wanted = self.operand(range_)
        if not isinstance(wanted, TermOperand) or wanted.constant is None:
            raise Unsupported("A language range that is not written in the query")
        return _in_range(self._lexical(self.operand(language)), terms.lexical(wanted.constant).lower())

    def _has_language(self, term: Argument, range_: str) -> exp.Expr:
        return _in_range(self._lexical(self._language(term)), range_.lower())

    def _length(self, term: Argument) -> exp.Expr:
        return call("length", self._lexical(self._str(term)))

    def _matches(self, term: Argument, pattern: str, flags: str) -> exp.Expr:
        return self._searched(self.term(term), self._lexical(self._str(term)), pattern, flags)

    def _regex(self, argument: Argument, pattern: str, flags: str) -> exp.Expr:
        operand = self.operand(argument)
        content = self._any_text(operand)
        if to_re2(pattern, flags) is None and not isinstance(operand, TermOperand):
            raise Unsupported("A regular expression beyond RE2 on a computed text")
        return self._searched(getattr(operand, "id", exp.null()), content, pattern, flags)

    def _searched(self, id_: exp.Expr, content: exp.Expr, pattern: str, flags: str) -> exp.Expr:
        translated = to_re2(pattern, flags)
        if translated is not None:
            return call("regexp_matches", content, text(translated))
        name = f"search_{len(self.writer.searches) + 1}"
        self.writer.searches.append(Search(name, self.writer.rows(self.block, id=id_, text=content), pattern, flags))
        return exp.In(this=fresh(id_), query=ids_of(name))


def _in_range(language: exp.Expr, wanted: str) -> exp.Expr:
    """Basic filtering of RFC 4647: the tag is the range, or goes on after it with a hyphen."""
    if wanted == "*":
        return exp.NEQ(this=language, expression=text(""))
    return exp.Paren(
        this=exp.Or(this=same(language, text(wanted)), expression=call("starts_with", language, text(f"{wanted}-")))
    )
