"""Tokens read one after the other, with a bound on depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mcqms_kg.errors import BadQuery, Place
from mcqms_kg.sparql.tokens import Token

MAX_DEPTH = 60
"""Groups, brackets and parentheses within each other; the engine's parser runs out of stack at some hundreds."""


class Reading:
    """Where in the tokens we are."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        last = tokens[-1] if tokens else Token("", "", 1, 1, apart=True)
        self._tokens = tokens
        self._end = Token("end", "", last.line, last.column + len(last.text), apart=True)
        self.position = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        return self._tokens[self.position] if self.position < len(self._tokens) else self._end

    @property
    def before(self) -> Token:
        return self._tokens[self.position - 1] if self.position else self._end

    @property
    def at_end(self) -> bool:
        return self.position >= len(self._tokens)

    def since(self, start: int) -> Sequence[Token]:
        return self._tokens[start : self.position]

    def sees(self, sign: str) -> bool:
        return self.now.kind == "sign" and self.now.text == sign

    def take(self) -> Token:
        """The token, and on to the next; raises `BadQuery` at the end."""
        if self.at_end:
            raise BadQuery("The query ends too early", place=self._end.place)
        self.position += 1
        return self._tokens[self.position - 1]

    def take_if(self, text: str) -> bool:
        """Goes on where the sign or keyword stands here, and tells whether it does."""
        found = self.sees(text) or (text.isalpha() and self.now.word == text)
        self.position += found
        return found

    def take_sign(self, sign: str) -> Token:
        if not self.sees(sign):
            raise BadQuery(f"{sign!r} must stand here, not {self.now.text!r}", place=self.now.place)
        return self.take()

    def take_kind(self, kind: str, called: str) -> Token:
        if self.now.kind != kind:
            raise BadQuery(f"{called} must stand here, not {self.now.text!r}".capitalize(), place=self.now.place)
        return self.take()

    def take_iri(self) -> Token:
        return self.take_kind("name" if self.now.kind == "name" else "iri", "an IRI")

    def expect_end(self) -> None:
        if not self.at_end:
            raise self.cannot_stand()

    def cannot_stand(self) -> BadQuery:
        """What is said of the token that stands here."""
        if self.at_end:
            return BadQuery("The query ends too early", place=self.now.place)
        return BadQuery(f"{self.now.text!r} cannot stand here", place=self.now.place)

    @contextmanager
    def deeper(self, opening: Token) -> Iterator[None]:
        """Counts how deep we are; raises `BadQuery` below the bound."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadQuery(
                f"The query is nested deeper than {MAX_DEPTH} levels",
                place=Place("query", opening.line, opening.column),
            )
        yield
        self._depth -= 1
