"""Working graphs: those that updates may write. They are the unnamed graph, and every named one outside our own namespaces.

On a server only named graphs are used, and others keep theirs there too.
So the unnamed one has a name of ours, and the named ones are listed.
"""

from __future__ import annotations

from urllib.parse import unquote

from mcqms_kg.errors import Forbidden
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME

UNNAMED = Term("DEFAULT")
"""Stands for the unnamed graph where graphs are listed by name; no IRI is written like this."""
UNNAMED_ON_SERVER = terms.iri(f"{HOME}unnamed")
"""The name that the unnamed graph has on a server."""
LISTED = terms.iri(f"{HOME}working")
"""The graph on a server that lists our working graphs, also those without statements; what is not in it is somebody else's."""


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
