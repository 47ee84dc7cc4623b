"""The operations of an update on a draft, each as SPARQL 1.1 Update defines it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from mcqms_kg.errors import BadQuery, Forbidden, GraphExists, MissingGraph, Unsupported, without_places
from mcqms_kg.graph import terms
from mcqms_kg.query.engine.merged import Merging
from mcqms_kg.query.engine.scope import Scope, allowed, refuse_unknown_end, resolved, run
from mcqms_kg.query.engine.spread import spread_over
from mcqms_kg.query.engine.walks import Walks
from mcqms_kg.query.grammar.parsed import Group, Term
from mcqms_kg.query.guard import Judged
from mcqms_kg.query.update.draft import Draft
from mcqms_kg.query.update.operations import Manage, Modify, Operation
from mcqms_kg.query.update.template import Row, fill_in, has_blanks, read_template
from mcqms_kg.store.change import GraphName, refuse_protected
from mcqms_kg.store.working_graphs import is_working


@dataclass(frozen=True)
class Sight:
    """What an update may read beside the working graphs, and what its relative names start from. Copies are made in `scratch`.

    `using` and `using_named` are the graphs that the protocol names, if it does; one that is not there has no statements.
    """

    readable: frozenset[ox.NamedNode]
    scratch: Path
    base: str | None = None
    using: tuple[ox.NamedNode, ...] | None = None
    using_named: tuple[ox.NamedNode, ...] = ()


def perform(operation: Operation, draft: Draft, sight: Sight) -> None:
    """Does it on the draft. Errors carry the place of the operation."""
    try:
        if isinstance(operation, Modify):
            _modify(operation, draft, sight)
        else:
            _manage(operation, draft, sight)
    except (Forbidden, MissingGraph, GraphExists) as problem:
        raise type(problem)(problem.what, place=problem.place or operation.at.place, remedy=problem.remedy) from problem


def _modify(operation: Modify, draft: Draft, sight: Sight) -> None:
    deletes, inserts = (
        read_template(blocks, operation.prologue, sight.base) for blocks in (operation.deletes, operation.inserts)
    )
    if has_blanks(deletes):
        raise BadQuery("Blank nodes cannot be named to be removed", place=operation.at.place, remedy="Use a variable.")
    within: GraphName = ox.DefaultGraph()
    if operation.within:
        within = resolved(operation.prologue, operation.within, sight.base)
    rows = list(_solutions(operation, draft, sight, within)) if operation.where else [{}]
    gone = [quad for row in rows for quad in fill_in(deletes, row, within)]
    draft.replace(gone, (quad for row in rows for quad in fill_in(inserts, row, within)))


def _solutions(operation: Modify, draft: Draft, sight: Sight, within: GraphName) -> Iterator[Row]:
    assert operation.where  # noqa: S101  # asked only where there is one
    scope = _scope(operation, draft, sight, within)
    judged = spread_over(operation.where, [terms.iri(graph.value) for graph in scope.named])
    for end in judged.ends:
        refuse_unknown_end(scope, judged, end)
    scope = Walks().scope(scope, judged)
    found = cast(ox.QuerySolutions, run(judged, scope, judged.text))
    names = [variable.value for variable in found.variables]
    try:
        for row in found:
            yield dict(zip(names, row, strict=True))
    except (RuntimeError, ValueError, OSError) as problem:
        raise Unsupported(
            f"The store cannot run the update: {without_places(str(problem))}", place=operation.at.place
        ) from problem


def _scope(operation: Modify, draft: Draft, sight: Sight, within: GraphName) -> Scope:
    """What WHERE sees: the unnamed graph or that of WITH, working graphs by name, and others that it names itself; or what USING says."""
    store, seen = draft.store(), draft.graphs | sight.readable
    if sight.using is not None:
        default, named = ([g for g in graphs if g in seen] for graphs in (sight.using, sight.using_named))
        return _merged(store, default, named, sight)
    if operation.using or operation.using_named:
        default, named = (
            [_readable(resolved(operation.prologue, term, sight.base), seen, term) for term in graphs]
            for graphs in (operation.using, operation.using_named)
        )
        return _merged(store, default, named, sight)
    assert operation.where  # noqa: S101  # asked only where there is one
    written = {resolved(operation.prologue, term, sight.base) for term in constants(operation.where)}
    return Scope(store, [within], sorted(draft.graphs | (written & sight.readable), key=str), sight.base)


def _merged(store: ox.Store, default: Sequence[GraphName], named: Sequence[ox.NamedNode], sight: Sight) -> Scope:
    store, default = Merging().of(store, default, sight.scratch)
    return Scope(store, default, named, sight.base)


def _readable(graph: ox.NamedNode, seen: AbstractSet[ox.NamedNode], term: Term) -> ox.NamedNode:
    if is_working(graph.value) and graph not in seen:
        raise MissingGraph(f"There is no graph {graph}", place=term[0].place)
    return allowed(graph, seen, term)


def constants(judged: Judged) -> Iterator[Term]:
    """The graphs that a pattern names by IRI."""
    waiting: list[Group] = [judged.parsed.where]
    while waiting:
        for part in waiting.pop().parts:
            waiting += part.groups
            if part.graph and not part.graph_variable:
                yield part.graph


def _manage(operation: Manage, draft: Draft, sight: Sight) -> None:
    graphs = _graphs(operation.graph, operation, draft, sight)
    match operation.at.word:
        case "CREATE":
            (graph,) = graphs
            refuse_protected(graph)
            if graph in draft.graphs and not operation.silent:
                raise GraphExists(f"The graph {graph} is there already", remedy="Use CREATE SILENT.")
            draft.create(cast(ox.NamedNode, graph))
        case "CLEAR" | "DROP" as verb:
            for graph in graphs:
                refuse_protected(graph)
                if _is_there(graph, draft.graphs, operation):
                    (draft.empty if verb == "CLEAR" else draft.drop)(graph)
        case verb:
            (source,), (target,) = graphs, _graphs(operation.target, operation, draft, sight)
            for written in (source, target) if verb == "MOVE" else (target,):
                refuse_protected(written)
            if _is_there(source, draft.graphs | sight.readable, operation) and source != target:
                _transfer(verb, source, target, draft)


def _transfer(verb: str, source: GraphName, target: GraphName, draft: Draft) -> None:
    """ADD, MOVE or COPY from one graph to another."""
    found = [ox.Quad(quad.subject, quad.predicate, quad.object, target) for quad in draft.quads(source)]
    if verb != "ADD":
        draft.empty(target)
    draft.replace((), found)
    if isinstance(target, ox.NamedNode):
        draft.create(target)
    if verb == "MOVE":
        draft.drop(source)


def _is_there(graph: GraphName, known: AbstractSet[ox.NamedNode], operation: Manage) -> bool:
    """Whether there is such a graph; raises `MissingGraph` where there is none, and the operation is not SILENT."""
    if isinstance(graph, ox.DefaultGraph) or graph in known:
        return True
    if operation.silent:
        return False
    raise MissingGraph(f"There is no graph {graph}", remedy=f"Use {operation.at.word} SILENT.")


def _graphs(term: Term, operation: Manage, draft: Draft, sight: Sight) -> Sequence[GraphName]:
    """The graphs meant; NAMED and ALL mean working graphs."""
    match term[0].word:
        case "DEFAULT":
            return [ox.DefaultGraph()]
        case "NAMED":
            return sorted(draft.graphs, key=str)
        case "ALL":
            return [ox.DefaultGraph(), *sorted(draft.graphs, key=str)]
    return [resolved(operation.prologue, term, sight.base)]
