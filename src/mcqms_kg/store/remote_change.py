"""A change of working graphs as a server is told it: in updates that may be sent again, and taken back, with a journal in the folder.

A server does one request whole at best, and may be gone between two. The journal lasts until all of them are done.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from mcqms_kg.errors import Place, Unsupported, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import DCTERMS, HOME
from mcqms_kg.store.change import LITERAL, NAME, Change, GraphName
from mcqms_kg.store.durable import put, stage
from mcqms_kg.store.working_graphs import LISTED, UNNAMED_ON_SERVER

GENID = f"{HOME}.well-known/genid/"
"""Before the name of a blank node, as RDF 1.1 suggests."""
BATCH = 2000
"""Statements in one update; servers bound the length of one."""
PART = terms.iri(f"{DCTERMS}hasPart")


@dataclass(frozen=True)
class Planned:
    """Requests that come to the same however often they are sent, and those that take them back."""

    forward: tuple[str, ...]
    back: tuple[str, ...] = ()

    @property
    def taken_back(self) -> Planned:
        return Planned(self.back)


def planned(change: Change) -> Planned:
    """What is to be sent for a change that empties no graph; raises `Unsupported` for a term that cannot be written safely."""
    assert not change.emptied  # noqa: S101  # what is in a graph is removed statement by statement, so that it can be put back
    back = Change(removed=change.added, added=change.removed, dropped=change.created, created=change.dropped)
    return Planned(tuple(_requests(change)), tuple(_requests(back)))


def on_server(graph: GraphName | ox.BlankNode) -> Term:
    """The name that a graph has on a server."""
    return UNNAMED_ON_SERVER if isinstance(graph, ox.DefaultGraph) else Term(_written(graph))


def _requests(change: Change) -> Iterator[str]:
    """Operations, those of small changes all in one request."""
    waiting: list[str] = []
    size = 0
    for operation, statements in _operations(change):
        if waiting and size + statements > BATCH:
            yield " ; ".join(waiting)
            waiting, size = [], 0
        waiting.append(operation)
        size += statements
    if waiting:
        yield " ; ".join(waiting)


def _operations(change: Change) -> Iterator[tuple[str, int]]:
    if change.created:
        yield _listed("INSERT", change.created)
    for verb, quads in (("DELETE", change.removed), ("INSERT", change.added)):
        for batch in (quads[at : at + BATCH] for at in range(0, len(quads), BATCH)):
            yield f"{verb} DATA {{ {' '.join(_blocks(batch))} }}", len(batch)
    if change.dropped:
        yield _listed("DELETE", change.dropped)
    yield from ((f"DROP SILENT GRAPH {on_server(graph)}", 1) for graph in change.dropped)


def _listed(verb: str, graphs: Iterable[ox.NamedNode]) -> tuple[str, int]:
    named = [on_server(graph) for graph in graphs]
    lines = " ".join(f"{LISTED} {PART} {name} ." for name in named)
    return f"{verb} DATA {{ GRAPH {LISTED} {{ {lines} }} }}", len(named)


def _blocks(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """One for each graph: in a second one of the same graph Virtuoso does not find all literals that are to be removed."""
    lines: dict[Term, list[str]] = {}
    for quad in quads:
        statement = " ".join(_written(part) for part in (quad.subject, quad.predicate, quad.object))
        lines.setdefault(on_server(quad.graph_name), []).append(f"{statement} .")
    return (f"GRAPH {graph} {{ {' '.join(found)} }}" for graph, found in lines.items())


def _written(term: object) -> str:
    """The term as it stands in an update, a blank node as a name."""
    text = f"<{GENID}{term.value}>" if isinstance(term, ox.BlankNode) else str(term)
    if not (LITERAL if isinstance(term, ox.Literal) else NAME).fullmatch(text):
        raise Unsupported(f"{text[:80]} cannot be written safely into an update", remedy="Use another name or text.")
    return text


class Journal:
    """The file that holds what is being sent."""

    def __init__(self, path: Path, incoming: Path) -> None:
        self._path, self._incoming = path, incoming

    @property
    def name(self) -> str:
        """What the file is called."""
        return self._path.name

    def keep(self, plan: Planned) -> None:
        """For good, before anything of it is sent."""
        written = json.dumps({"forward": plan.forward, "back": plan.back}).encode()
        put(stage(iter([written]), self._incoming), self._path, mode=0o600)

    def left(self) -> Planned | None:
        """What was not ended. Raises `WorkspaceError` for a file that is damaged."""
        try:
            found = json.loads(self._path.read_bytes())
            return Planned(tuple(found["forward"]), tuple(found["back"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise WorkspaceError(
                "The journal of updates cannot be read",
                place=Place(self.name),
                remedy="See what is in the working graphs on the server, put it right, and remove the file.",
            ) from problem

    def end(self) -> None:
        self._path.unlink(missing_ok=True)
