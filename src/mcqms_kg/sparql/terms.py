"""Terms of a query: names written out, literals as they are written, blank nodes numbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count

from mcqms_kg.errors import BadQuery
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, XSD
from mcqms_kg.sparql.expressions import Variable
from mcqms_kg.sparql.iris import resolved
from mcqms_kg.sparql.reading import Reading
from mcqms_kg.sparql.tokens import Token

TYPE = terms.iri(RDF + "type")
_ESCAPED = re.compile(r"\\(.)")
_STRING = terms.iri(XSD + "string")
_TRUTHS = ("TRUE", "FALSE")


class QueryReading(Reading):
    """Where in the tokens we are, what names stand for, and which blank nodes were met.

    `constant` are variables that are one term throughout the query: they may stand beside aggregates.
    """

    def __init__(self, tokens: Sequence[Token], constant: frozenset[str]) -> None:
        super().__init__(tokens)
        self.constant = constant
        self._base = ""
        self._prefixes: dict[str, str] = {}
        self._blocks = count(1)
        self._block = 0
        self._blanks: dict[str, tuple[Term, int]] = {}
        self._numbers = count(1)

    def prologue(self) -> None:
        """Reads BASE and PREFIX."""
        while self.now.word in ("BASE", "PREFIX"):
            if self.take().word == "BASE":
                self._base = resolved(self._base, self.take_kind("iri", "an IRI").text[1:-1])
                continue
            name = self.take_kind("name", "a prefix")
            if not name.text.endswith(":") or name.text.count(":") > 1:
                raise BadQuery(f"A prefix must stand here, not {name.text!r}", place=name.place)
            self._prefixes[name.text[:-1]] = resolved(self._base, self.take_kind("iri", "an IRI").text[1:-1])

    def iri(self) -> Term:
        """An IRI, in brackets or with a prefix; raises `BadQuery` where the prefix is not declared."""
        token = self.take_iri()
        if token.kind == "iri":
            return terms.iri(resolved(self._base, token.text[1:-1]))
        prefix, _, local = token.text.partition(":")
        if prefix not in self._prefixes:
            raise BadQuery(f"The prefix {prefix}: is not declared", place=token.place)
        return terms.iri(self._prefixes[prefix] + _ESCAPED.sub(r"\1", local))

    def variable(self) -> Variable:
        return Variable(self.take_kind("variable", "a variable").text[1:])

    def sees_literal(self) -> bool:
        return self.now.kind in ("string", "number") or self.now.word in _TRUTHS

    def literal(self) -> Term:
        """A text, number or truth value, in the lexical form in which it is written."""
        token = self.take()
        if token.kind == "number":
            return number(token.text)
        if token.word in _TRUTHS:
            return terms.literal(token.text.lower(), datatype=XSD + "boolean")
        if self.now.kind == "language":
            return Term(token.text + self.take().text)
        if not self.take_if("^^"):
            return Term(token.text)
        datatype = self.iri()
        return Term(token.text if datatype == _STRING else f"{token.text}^^{datatype}")

    def new_block(self) -> int:
        """A number for a basic graph pattern that begins."""
        return next(self._blocks)

    def in_block(self, number: int) -> None:
        """Triples that are read from here on belong to this basic graph pattern."""
        self._block = number

    def blank(self) -> Term:
        """A blank node by its label; raises `BadQuery` where another basic graph pattern has it (SPARQL 1.1, 5.1.1)."""
        token = self.take_kind("blank", "a blank node")
        if token.text not in self._blanks:
            self._blanks[token.text] = self.fresh(), self._block
        term, block = self._blanks[token.text]
        if block != self._block:
            raise BadQuery(f"{token.text} stands in two basic graph patterns", place=token.place)
        return term

    def fresh(self) -> Term:
        """A blank node without a label."""
        return Term(f"_:b{next(self._numbers)}")


def number(text: str) -> Term:
    """A number as it is written: an integer, a decimal or a double."""
    kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
    return terms.literal(text, datatype=XSD + kind)
