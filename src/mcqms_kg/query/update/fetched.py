"""The graphs of a server that a change needs, fetched whole into a store of their own, on which it is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.query.engine.scope import graph_names, resolved
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.update.change_request import GraphRequest, Server, UpdateRequest
from mcqms_kg.query.update.operations import Manage, Operation
from mcqms_kg.query.update.perform import constants
from mcqms_kg.sparql.tokens import Token
from mcqms_kg.store.change import Change, GraphName
from mcqms_kg.store.remote import RemoteHome

_ANY = ox.NamedNode("urn:x-mcqms:any")


class Fetched:
    """A store of what is on the server, and how the server spells what the store spells in another way."""

    def __init__(self, folder: Path) -> None:
        self.store = ox.Store(str(folder))
        self._theirs: dict[ox.Quad, list[ox.Quad]] = {}
        self._ours: dict[ox.Literal, ox.Literal] = {}

    def take(self, quads: Iterable[ox.Quad]) -> None:
        """Adds statements as the server has them."""
        self.store.bulk_extend(map(self._noted, quads))

    def as_there(self, change: Change) -> Change:
        """The change, with what is removed as it is spelt on the server."""
        return replace(
            change, removed=tuple(their for quad in change.removed for their in self._theirs.get(quad, [quad]))
        )

    def _noted(self, quad: ox.Quad) -> ox.Quad:
        value = quad.object
        if isinstance(value, ox.Literal) and (ours := self._spelt(value)) != value:
            stored = ox.Quad(quad.subject, quad.predicate, ours, quad.graph_name)
            self._theirs.setdefault(stored, []).append(quad)
        return quad

    def _spelt(self, literal: ox.Literal) -> ox.Literal:
        """As a store spells it."""
        if literal not in self._ours:
            passed = ox.Store()
            passed.add(ox.Quad(_ANY, _ANY, literal))
            self._ours[literal] = cast(ox.Literal, next(iter(passed)).object)
        return self._ours[literal]


def fetched(
    server: Server, request: UpdateRequest | GraphRequest, operations: Sequence[Operation], folder: Path
) -> Fetched:
    """All working graphs by name in a store in the folder, and the statements of those that count."""
    home = RemoteHome(server.query, server.query, server.seconds)
    working = [ox.NamedNode(terms.iri_text(graph)) for graph in home.working()]
    found = Fetched(folder)
    for name in working:
        found.store.add_graph(name)
    for graph in _needed(request, operations, working):
        found.take(home.statements(graph))
    return found


def _needed(
    request: UpdateRequest | GraphRequest, operations: Sequence[Operation], working: Sequence[ox.NamedNode]
) -> set[GraphName]:
    """Graphs that are named, of those that may be read; every working graph where a pattern, or a word, may mean any."""
    ours: set[GraphName] = {ox.DefaultGraph(), *working}
    if isinstance(request, GraphRequest):
        return ours.intersection(graph_names([request.graph]))
    named: set[GraphName] = set(graph_names((*(request.using or ()), *request.using_named)))
    if any(_may_mean_any(operation) for operation in operations):
        named |= ours
    for operation in operations:
        for term in _terms(operation):
            named.add(_graph(operation.prologue, term, request.base))
    return named & (ours | set(graph_names(request.readable)))


def _may_mean_any(operation: Operation) -> bool:
    if isinstance(operation, Manage):
        return any(term and term[0].word in ("ALL", "NAMED") for term in (operation.graph, operation.target))
    return operation.where is not None


def _terms(operation: Operation) -> Iterator[Term]:
    """Where graphs are named; nothing stands for the unnamed one."""
    if isinstance(operation, Manage):
        yield from (term for term in (operation.graph, operation.target) if term)
        return
    for block in (*operation.deletes, *operation.inserts):
        if not block.graph or block.graph[0].kind != "variable":
            yield block.graph
    yield from (term for term in (operation.within, *operation.using, *operation.using_named) if term)
    if operation.where:
        yield from constants(operation.where)


def _graph(prologue: Sequence[Token], term: Term, base: str | None) -> GraphName:
    if not term or term[0].word in ("DEFAULT", "ALL", "NAMED"):
        return ox.DefaultGraph()
    return resolved(prologue, term, base)
