"""Paths that fork: each way counts for itself, as SPARQL says, where the engine gives an end once however many ways lead there.

A triple `?a (x|y)/z ?b` is asked as `{ ?a x/z ?b } UNION { ?a y/z ?b }`. Inside of `*`, `+` and `?` ways do not count, and nothing is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mcqms_kg.errors import Unsupported
from mcqms_kg.sparql.tokens import Token

MOST = 64
"""Ways of one path."""
MOST_TOKENS = 20_000
"""What a query may grow to."""
Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Forked:
    """The triples of one subject, from a token of the query to before another: what stays there, and unions that go to before `to`."""

    start: int
    end: int
    to: int
    stays: Tokens
    unions: Tokens


def without_forks(tokens: Tokens, forks: Sequence[Forked]) -> Tokens:
    """The query with unions in place of paths that fork; raises `Unsupported` where it would become too long."""
    found = tuple(_pieces(tokens, forks))
    if len(found) > MOST_TOKENS:
        raise too_many(tokens[forks[0].start])
    return found


def _pieces(tokens: Tokens, forks: Sequence[Forked]) -> Iterator[Token]:
    starts, ends = {fork.start: fork for fork in forks}, defaultdict[int, list[Token]](list)
    for fork in forks:
        ends[fork.to] += fork.unions
    position = 0
    while position <= len(tokens):
        yield from ends.pop(position, ())
        if fork_here := starts.pop(position, None):
            yield from fork_here.stays
            position = fork_here.end
        else:
            yield from tokens[position : position + 1]
            position += 1


def union_of(subject: Tokens, ways: Sequence[Tokens], value: Tokens) -> Iterator[Token]:
    """`{ subject way value } UNION …`"""
    at = ways[0][0]
    for number, way in enumerate(ways):
        if number:
            yield _made("word", "UNION", at)
        yield _made("sign", "{", at)
        yield from triple(subject, way, value)
        yield _made("sign", "}", at)


def triple(subject: Tokens, way: Tokens, value: Tokens) -> Iterator[Token]:
    """The three with space between them, as they come from different places."""
    for first, *rest in (subject, way, value):
        yield replace(first, apart=True)
        yield from rest


def ways_of(path: Tokens) -> list[Tokens]:
    """The ways of a path that was read as one; raises `Unsupported` where there are too many."""
    if not any(token.kind == "sign" and token.text in ("|", "!") for token in path):
        return [path]
    return _Ways(path).path()


class _Ways:
    """A path being taken apart."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens, self._at = tokens, 0

    def path(self) -> list[Tokens]:
        found = self._sequence()
        while self._takes("|"):
            found += self._sequence()
        return self._bounded(found)

    def _sequence(self) -> list[Tokens]:
        found = self._step()
        while self._sees("/"):
            slash = self._take()
            found = self._bounded([(*before, slash, *after) for after in self._step() for before in found])
        return found

    def _step(self) -> list[Tokens]:
        inverse = (self._take(),) if self._sees("^") else ()
        return [(*inverse, *way) for way in self._element()]

    def _element(self) -> list[Tokens]:
        start = self._at
        if self._sees("("):
            opening = self._take()
            ways = self.path()
            closing = self._take()
            found = [(opening, *way, closing) for way in ways]
        elif self._takes("!"):
            found = self._negated(self._tokens[start])
        else:
            self._take()
            found = [self._tokens[start : self._at]]
        sign = self._tokens[self._at : self._at + 1]
        if sign and sign[0].kind == "sign" and sign[0].text in "?*+":
            self._take()
            return [self._tokens[start : self._at]]  # of what is inside, ways do not count
        return found

    def _negated(self, sign: Token) -> list[Tokens]:
        """Those that lead there, and those that lead back, are two ways."""
        ahead, back = list[Tokens](), list[Tokens]()
        in_brackets = self._takes("(")
        while not (in_brackets and self._takes(")")):
            if not self._takes("|"):
                start, leads_back = self._at, self._takes("^")
                self._take()
                (back if leads_back else ahead).append(self._tokens[start : self._at])
                if not in_brackets:
                    break
        return [(sign, *_listed(names, sign)) for names in (ahead, back) if names] or [(sign, *_listed((), sign))]

    def _bounded(self, found: list[Tokens]) -> list[Tokens]:
        if len(found) > MOST:
            raise too_many(self._tokens[0])
        return found

    def _sees(self, sign: str) -> bool:
        now = self._tokens[self._at : self._at + 1]
        return bool(now) and now[0].kind == "sign" and now[0].text == sign

    def _takes(self, sign: str) -> bool:
        found = self._sees(sign)
        self._at += found
        return found

    def _take(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]


def too_many(at: Token) -> Unsupported:
    """What is said of paths that would make a query too long."""
    return Unsupported(
        f"The path forks into more than {MOST} ways, or there are too many of them, and the store would not count them",
        place=at.place,
        remedy="Write it as several patterns with UNION.",
    )


def _listed(names: Sequence[Tokens], at: Token) -> Iterator[Token]:
    yield _made("sign", "(", at)
    for number, name in enumerate(names):
        if number:
            yield _made("sign", "|", at)
        yield from name
    yield _made("sign", ")", at)


def _made(kind: str, text: str, at: Token) -> Token:
    return Token(kind, text, at.line, at.column, apart=True)
