"""SHACL paths as SPARQL property paths, for reports and finding ids (SHACL section 2.3.1)."""

from __future__ import annotations

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

_REPEATED: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def path_text(graph: rdflib.Graph, path: Node) -> str:
    """The path in SPARQL syntax with full IRIs, such as `<p>/^<q>`."""
    if isinstance(path, rdflib.URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return "/".join(_part(graph, step) for step in Collection(graph, path))
    for predicate, inner in graph.predicate_objects(path):
        if predicate == SH.inversePath:
            return "^" + _part(graph, inner)
        if predicate == SH.alternativePath:
            return "|".join(_part(graph, choice) for choice in Collection(graph, inner))
        if predicate in _REPEATED:
            return _part(graph, inner) + _REPEATED[predicate]
    return f"_:{path}"


def _part(graph: rdflib.Graph, path: Node) -> str:
    text = path_text(graph, path)
    return text if isinstance(path, rdflib.URIRef) else f"({text})"
