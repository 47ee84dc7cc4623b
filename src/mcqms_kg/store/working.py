"""Working graphs: those that updates may write. They are the unnamed graph, and every named one outside our own namespaces."""

from __future__ import annotations

from urllib.parse import unquote

from mcqms_kg.errors import Forbidden
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME
from mcqms_kg.store.home import Home

UNNAMED = Term("DEFAULT")
"""Stands for the unnamed graph where graphs are listed by name; no IRI is written like this."""


def is_working(name: str) -> bool:
    """Whether updates may write the graph of that IRI; versions, provenance and whatever else is ours never change."""
    return not f"{_plain(name)}/".startswith(_plain(HOME))


def _plain(name: str) -> str:
    """The name without what may be written otherwise, so that none looks like one of ours that is not."""
    return unquote(name).casefold().partition(":")[2]


def refuse_unless_working(graph: Term) -> None:
    """Raises `Forbidden` for a graph that updates may not write."""
    if graph != UNNAMED and not is_working(terms.iri_text(graph)):
        raise Forbidden(
            f"The graph {graph} never changes",
            remedy="Versions are replaced by handing in a new one; updates write the unnamed graph, and graphs with names of your own.",
        )


def working_graphs(home: Home) -> tuple[Term, ...]:
    """The named ones that are there now, also those without statements."""
    return tuple(graph for graph in home.graphs() if is_working(terms.iri_text(graph)))
