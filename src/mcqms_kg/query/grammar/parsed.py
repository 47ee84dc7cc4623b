"""What the guard sees of a query: groups within groups, and the paths that may be of length zero."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mcqms_kg.query.grammar.forks import Forked
from mcqms_kg.sparql.tokens import Token

Term = tuple[Token, ...]
"""A term as the tokens it is written with."""


class Form(Enum):
    """What a query gives."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


class Kind(Enum):
    """The parts of a group other than triples."""

    GROUP = "{ }"
    OPTIONAL = "OPTIONAL"
    MINUS = "MINUS"
    GRAPH = "GRAPH"
    EXISTS = "EXISTS"
    FILTER = "FILTER"
    BIND = "BIND"
    VALUES = "VALUES"
    SELECT = "SELECT"


@dataclass(frozen=True)
class Group:
    """What stands between braces: how many triple patterns, the constant ends of paths that may be empty, and the other parts."""

    triples: int = 0
    ends: tuple[Term, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Part:
    """A part of a group: the token it begins with, the graph's name, the variables it uses or gives, the groups within.

    Of a GRAPH, `span` says from which token of the query to before which it goes.
    """

    kind: Kind
    at: Token
    graph: Term = ()
    variables: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = ()
    span: tuple[int, int] = (0, 0)

    @property
    def graph_variable(self) -> str:
        """The variable that stands for the graph, without its sign, or nothing."""
        return self.graph[0].text[1:] if self.graph and self.graph[0].kind == "variable" else ""


@dataclass(frozen=True)
class Parsed:
    """A whole query."""

    form: Form
    prologue: tuple[Token, ...]
    tokens: tuple[Token, ...]
    from_graphs: tuple[Term, ...]
    from_named: tuple[Term, ...]
    where: Group
    long: tuple[Token, ...] = ()
    """The signs of paths of any length, `+` and `*`."""
    forks: tuple[Forked, ...] = ()
    """The triples with paths that fork."""
    walks: tuple[Term, ...] = ()
    """The paths of any length or negated, with which the engine goes from one end to the other."""
