"""Our terms to rdflib's and back, lexical forms untouched."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from rdflib.term import Node

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple


def to_node(term: Term) -> Node:
    """The rdflib node of a term; literals are not normalised."""
    if terms.is_iri(term):
        return rdflib.URIRef(terms.iri_text(term))
    if terms.is_blank(term):
        return rdflib.BNode(term.removeprefix("_:"))
    tag = terms.language(term)
    kind = None if tag else rdflib.URIRef(terms.datatype(term))
    if kind == rdflib.XSD.string:
        kind = None
    return rdflib.Literal(terms.lexical(term), lang=tag or None, datatype=kind, normalize=False)


def to_term(node: Node) -> Term:
    """The term of an rdflib node."""
    if isinstance(node, rdflib.URIRef):
        return terms.iri(str(node))
    if isinstance(node, rdflib.BNode):
        return Term(f"_:{node}")
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"not an RDF 1.1 term: {node!r}")
    return terms.literal(str(node), language=node.language or "", datatype=str(node.datatype or ""))


def to_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """An rdflib graph of the triples."""
    graph = rdflib.Graph(bind_namespaces="none")
    nodes: dict[Term, Node] = {}

    def node(term: Term) -> Node:
        found = nodes.get(term)
        if found is None:
            found = nodes[term] = to_node(term)
        return found

    for s, p, o in triples:
        graph.add((node(s), node(p), node(o)))
    return graph
