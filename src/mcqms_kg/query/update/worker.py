"""The process that works changes out: `python -m mcqms_kg.query.update.worker`. It writes nothing that lasts, and may be killed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from mcqms_kg.errors import BadQuery, MissingGraph, Place, UnreadableInput
from mcqms_kg.graph.read import FORMATS, Source, parsed_quads
from mcqms_kg.processes.memory import bound_memory
from mcqms_kg.processes.serve import serve
from mcqms_kg.query.engine.scope import graph_names
from mcqms_kg.query.update.change_request import Drafted, GraphRequest, Server, UpdateRequest, Way, Work
from mcqms_kg.query.update.draft import Draft
from mcqms_kg.query.update.operations import Modify, Operation
from mcqms_kg.query.update.parse import parse_update
from mcqms_kg.query.update.perform import Sight, perform
from mcqms_kg.settings import Settings, UpdateLimits
from mcqms_kg.store.change import Change, GraphName, refuse_protected

if TYPE_CHECKING:
    from mcqms_kg.query.update.fetched import Fetched


def drafted(work: Work) -> Drafted:
    """What the request comes to. Raises a `McqmsError` of the kind that says why it cannot be done."""
    request, limits = work.request, work.limits
    scratch = work.scratch / uuid.uuid4().hex  # what failed before may still be open in this process
    scratch.mkdir(parents=True)
    store = ox.Store.read_only(str(work.checkpoint)) if isinstance(work.checkpoint, Path) else None
    operations = () if isinstance(request, GraphRequest) else parse_update(request.text, limits.update_max_bytes)
    there = _fetched(work, operations, scratch / "fetched") if store is None else None
    draft = Draft(there.store if there else cast(ox.Store, store), scratch / "draft", limits.update_max_statements)

    def changed() -> Change:
        return there.as_there(draft.exact()) if there else draft.change()

    if isinstance(request, GraphRequest):
        return Drafted(existed=_write(request, draft, limits), change=changed())
    sight = _sight(request, scratch)
    for operation in operations:
        named = isinstance(operation, Modify) and (operation.within or operation.using or operation.using_named)
        if named and sight.using is not None:
            raise BadQuery("Graphs are named in the request and in the update", place=operation.at.place)
    for operation in operations:
        perform(operation, draft, sight)
    return Drafted(changed())


def _fetched(work: Work, operations: Sequence[Operation], folder: Path) -> Fetched:
    from mcqms_kg.query.update.fetched import fetched  # only then is its package needed

    return fetched(cast(Server, work.checkpoint), work.request, operations, folder)


def _sight(request: UpdateRequest, scratch: Path) -> Sight:
    readable, using, using_named = (
        cast(list[ox.NamedNode], graph_names(graphs))
        for graphs in (request.readable, request.using or (), request.using_named)
    )
    default = None if request.using is None else tuple(using)
    return Sight(frozenset(readable), scratch, request.base, default, tuple(using_named))


def _write(request: GraphRequest, draft: Draft, limits: UpdateLimits) -> bool:
    """Whether the graph was there before."""
    (graph,) = graph_names([request.graph])
    refuse_protected(graph)
    existed = isinstance(graph, ox.DefaultGraph) or graph in draft.graphs
    if request.way is Way.DROP:
        if not existed:
            raise MissingGraph(f"There is no graph {graph}")
        draft.drop(graph)
    else:
        found = list(_read(request, graph, limits))
        if request.way is Way.REPLACE and existed:
            draft.empty(graph)
        draft.replace((), found)
        if isinstance(graph, ox.NamedNode):
            draft.create(graph)
    return existed


def _read(request: GraphRequest, graph: GraphName, limits: UpdateLimits) -> Iterator[ox.Quad]:
    """The statements of the files, with blank nodes that are new."""
    settings = replace(Settings.from_environment(), max_input_bytes=limits.update_max_bytes)
    for path, ending in (part for file in request.files for part in file.parts()):
        source = Source(path, FORMATS[ending], request.base, called="the body")
        for quad in parsed_quads(source, settings, blank_prefix=f"n{uuid.uuid4().hex}n"):
            if not isinstance(quad.graph_name, ox.DefaultGraph):
                raise UnreadableInput(
                    "The body names graphs, and one graph is written",
                    place=Place(source.name),
                    remedy="Send one graph.",
                )
            yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _within_memory(work: Work) -> Drafted:
    bound_memory(work.limits.update_memory_mb)
    return drafted(work)


if __name__ == "__main__":
    serve(_within_memory)
