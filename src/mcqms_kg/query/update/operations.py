"""The operations of an update, taken apart from its tokens: SPARQL 1.1 Update without LOAD."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.guard import Judged
from mcqms_kg.sparql.tokens import Token


@dataclass(frozen=True)
class Block:
    """Triples of a template, as tokens, and the name of their graph: an IRI, a variable, or nothing."""

    graph: Term
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Modify:
    """Removes and adds statements: those of templates for each solution of `where`, or as they stand where there is none."""

    at: Token
    prologue: tuple[Token, ...]
    deletes: tuple[Block, ...] = ()
    inserts: tuple[Block, ...] = ()
    where: Judged | None = None
    within: Term = ()
    """The graph that WITH names."""
    using: tuple[Term, ...] = ()
    using_named: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Manage:
    """CLEAR, DROP, CREATE, ADD, MOVE or COPY. A graph is an IRI, or one of the words DEFAULT, NAMED and ALL."""

    at: Token
    prologue: tuple[Token, ...]
    silent: bool
    graph: Term
    target: Term = ()


Operation = Modify | Manage
