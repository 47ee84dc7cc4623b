"""What a query sees, and running what was judged on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import pyoxigraph as ox

from mcqms_kg.errors import BadQuery, Forbidden, McqmsError, Unsupported, without_places
from mcqms_kg.graph import terms
from mcqms_kg.model import Term as Name
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.guard import End, Judged
from mcqms_kg.sparql.tokens import Token, spell, token_at
from mcqms_kg.store.change import GraphName
from mcqms_kg.store.working_graphs import UNNAMED

_AT = re.compile(r"^error at 1:(\d+): ")
_CHARACTERS = re.compile(r"(?:, )?\[(?:'(?:\\.|[^'])*'|[^\]'])*\]")
"""What the engine's grammar says of single characters, which helps nobody."""

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


@dataclass(frozen=True)
class Scope:
    """The store a query runs on, and the graphs it sees."""

    store: ox.Store
    default: Sequence[GraphName]
    named: Sequence[ox.NamedNode]
    base: str | None = None

    def run(self, text: str, prefixes: Mapping[str, str] = PREFIXES, *, names_graphs: bool = True) -> Found:
        """What the engine finds; a query that names no graph need not know which there are."""
        return self.store.query(
            text,
            base_iri=self.base,
            prefixes=dict(prefixes),
            default_graph=list(self.default),
            named_graphs=list(self.named) if names_graphs else [],
        )


def graph_names(graphs: Iterable[Name]) -> list[GraphName]:
    """Names of graphs as values of the engine."""
    return [ox.DefaultGraph() if g == UNNAMED else ox.NamedNode(terms.iri_text(g)) for g in graphs]


def run(judged: Judged, scope: Scope, text: str) -> Found:
    """What the engine finds; its refusals are `BadQuery`, with the place in the query as written, and `Unsupported`."""
    try:
        return scope.run(text)
    except SyntaxError as problem:
        raise _syntax_error(judged, problem) from problem
    except (RuntimeError, ValueError, OSError) as problem:
        raise Unsupported(f"The store cannot run the query: {without_places(str(problem))}") from problem


def resolved(prologue: Sequence[Token], term: Term, base: str | None) -> ox.NamedNode:
    """The IRI that a name stands for, as the engine reads it: with the query's prefixes and base, and without data."""
    try:
        found = Scope(ox.Store(), [], [], base).run(f"{spell(prologue)} SELECT ({spell(term)} AS ?iri) {{ }}")
    except SyntaxError as problem:
        raise BadQuery(f"{spell(term)} cannot be read as a name", place=term[0].place) from problem
    (row,) = cast(ox.QuerySolutions, found)
    return cast(ox.NamedNode, row["iri"])


def allowed(name: ox.NamedNode, seen: Iterable[GraphName], term: Term) -> ox.NamedNode:
    """The graph, where it is among those seen; raises `Forbidden`, which does not tell whether there is such a graph."""
    if name not in seen:
        raise Forbidden(
            f"There is no graph {name.value} to read", place=term[0].place, remedy="Name a graph of the store."
        )
    return name


def refuse_unknown_end(scope: Scope, judged: Judged, end: End) -> None:
    """The engine gives no row for a path of length zero at a term that the data does not have; the specification gives one."""
    term = spell(end.term)
    sides = (
        f"{{ ?s ?p {term} }}"
        if end.term[0].kind in ("string", "number", "word")
        else f"{{ {term} ?p ?o }} UNION {{ ?s ?p {term} }}"
    )
    inside = f"GRAPH {spell(end.graph)} {{ {sides} }}" if end.graph else sides
    if not run(judged, scope, f"{spell(judged.parsed.prologue)} ASK {{ {inside} }}"):
        raise Unsupported(
            f"{term.strip()} is not in the data, and the store would not answer a path of length zero there rightly",
            place=end.term[0].place,
            remedy="Check the name, or use + in place of * or ?.",
        )


def _syntax_error(judged: Judged, problem: SyntaxError) -> McqmsError:
    said = str(problem.msg or problem)
    match = _AT.match(said)
    token = token_at(judged.parsed.tokens, int(match[1])) if match else None
    wanted = _CHARACTERS.sub("", _AT.sub("", said))
    return BadQuery(f"The query cannot be read: {wanted}", place=token.place if token else None)
