"""The process that works changes out: `python -m mcqms_kg.query.update_worker`. It writes nothing that lasts, and may be killed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from mcqms_kg.errors import BadQuery, MissingGraph, Place, UnreadableInput
from mcqms_kg.graph.read import FORMATS, Source, parsed_quads
from mcqms_kg.processes import bound_memory, serve
from mcqms_kg.query.change_request import Drafted, GraphRequest, UpdateRequest, Way, Work
from mcqms_kg.query.draft import Draft
from mcqms_kg.query.perform import Sight, perform
from mcqms_kg.query.scope import graph_names
from mcqms_kg.query.update import Modify
from mcqms_kg.query.update_parse import parse_update
from mcqms_kg.settings import Settings, UpdateLimits
from mcqms_kg.store.change import GraphName, refuse_protected


def drafted(work: Work) -> Drafted:
    """What the request comes to. Raises a `McqmsError` of the kind that says why it cannot be done."""
    request, limits = work.request, work.limits
    store = ox.Store.read_only(str(work.checkpoint))
    bound_memory(limits.update_memory_mb)
    work.scratch.mkdir(parents=True, exist_ok=True)
    draft = Draft(store, work.scratch / "draft", limits.update_max_statements)
    if isinstance(request, GraphRequest):
        return _graph(request, draft, limits)
    operations = parse_update(request.text, limits.update_max_bytes)
    sight = _sight(request, work.scratch)
    for operation in operations:
        named = isinstance(operation, Modify) and (operation.within or operation.using or operation.using_named)
        if named and sight.using is not None:
            raise BadQuery("Graphs are named in the request and in the update", place=operation.at.place)
    for operation in operations:
        perform(operation, draft, sight)
    return Drafted(draft.change())


def _sight(request: UpdateRequest, scratch: Path) -> Sight:
    readable, using, using_named = (
        cast(list[ox.NamedNode], graph_names(graphs))
        for graphs in (request.readable, request.using or (), request.using_named)
    )
    default = None if request.using is None else tuple(using)
    return Sight(frozenset(readable), scratch, request.base, default, tuple(using_named))


def _graph(request: GraphRequest, draft: Draft, limits: UpdateLimits) -> Drafted:
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
    return Drafted(draft.change(), existed)


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


if __name__ == "__main__":
    serve(drafted)
