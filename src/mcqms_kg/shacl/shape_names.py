"""What a shape is called in messages: one without a name by its path, and by the nearest shape with a name that leads to it."""

from __future__ import annotations

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.shacl.paths import path_text, read_path
from mcqms_kg.shacl.vocabulary import sh


def shape_name(graph: GraphIndex, shape: Term) -> str:
    """The words that a message begins with."""
    if terms.is_iri(shape):
        return f"The shape {shape}"
    below, on = _nearest_with_a_name(graph, shape), _path(graph, shape)
    return " ".join(("The shape", shape, *(("below", below) if below else ()), *(("on the path", on) if on else ())))


def _nearest_with_a_name(graph: GraphIndex, shape: Term) -> Term | None:
    seen, waiting = {shape}, [shape]
    for node in waiting:
        above = [subject for _, subject in graph.into(node) if subject not in seen]
        named = next(filter(terms.is_iri, above), None)
        if named:
            return named
        seen.update(above)
        waiting += above
    return None


def _path(graph: GraphIndex, shape: Term) -> str | None:
    node = graph.value(shape, sh("path"))
    try:
        return path_text(read_path(graph, node)) if node else None
    except RulebookError:
        return None
