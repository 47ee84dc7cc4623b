"""Working graphs: those that updates may write. They are the unnamed graph, and every named one outside our own namespaces."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME
from mcqms_kg.store.home import Home

UNNAMED = Term("DEFAULT")
"""Stands for the unnamed graph where graphs are listed by name; no IRI is written like this."""


def is_working(name: str) -> bool:
    """Whether updates may write the graph of that IRI; versions, provenance and whatever else is ours never change."""
    return name != HOME.rstrip("/") and not name.startswith(HOME)


def working_graphs(home: Home) -> tuple[Term, ...]:
    """The named ones that are there now, also those without statements."""
    return tuple(graph for graph in home.graphs() if is_working(terms.iri_text(graph)))
