"""The tokens of a query as the guard reads them: what it met on the way is put down."""

from __future__ import annotations

from collections.abc import Sequence

from mcqms_kg.errors import BadQuery
from mcqms_kg.query.grammar.forks import Forked
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.sparql import reading
from mcqms_kg.sparql.tokens import Token


class Reading(reading.Reading):
    """Where in the tokens we are, and what was met."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        super().__init__(tokens)
        self.long: list[Token] = []
        """The signs of paths of any length that were met."""
        self.walks: list[Term] = []
        """The paths that the engine walks from one end to the other: of any length, or all but some."""
        self.forks: list[Forked] = []
        """The triples with paths that fork."""

    def skip_braces(self) -> None:
        """Goes behind the braces that open here; what is in them is data or a template, without patterns."""
        depth = 0
        while True:
            token = self.take()
            if token.kind == "sign":
                depth += (token.text == "{") - (token.text == "}")
            if token.word in ("SERVICE", "SELECT", "GRAPH"):
                raise BadQuery(f"{token.text} cannot stand here", place=token.place)
            if depth == 0:
                return
