"""What becomes of working graphs, worked out before any of it is done, and done in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from mcqms_kg.model import Term
from mcqms_kg.store.working import UNNAMED, refuse_unless_working

GraphName = ox.NamedNode | ox.DefaultGraph
_ROLES = {role: ox.NamedNode(f"urn:x-mcqms:{role}") for role in ("subject", "predicate", "object", "graph_name")}
_INSIDE = " ".join(f"BIND({name}(?n) AS ?{role})" for role, name in _ROLES.items())


@dataclass(frozen=True)
class Change:
    """First graphs are emptied, then statements removed, then added; at the end some graphs are no more, and some are there."""

    emptied: tuple[GraphName, ...] = ()
    removed: tuple[ox.Quad, ...] = ()
    added: tuple[ox.Quad, ...] = ()
    dropped: tuple[ox.NamedNode, ...] = ()
    created: tuple[ox.NamedNode, ...] = ()

    def __bool__(self) -> bool:
        return any((self.emptied, self.removed, self.added, self.dropped, self.created))


def apply(store: ox.Store, change: Change) -> None:
    """Does all of it or nothing; raises `Forbidden` where it would touch a graph that never changes, whatever asked for it.

    Statements are handed to the engine as values, never as text: a blank node keeps its identity, and nothing can be spelt wrongly.
    """
    for graph in _graphs(change):
        refuse_protected(graph)
    quads = (*change.removed, *change.added)
    text = " ; ".join(_steps(change))
    if text:
        store.update(text, custom_functions={name: _part(quads, role) for role, name in _ROLES.items()})


def refuse_protected(graph: object) -> None:
    """Raises `Forbidden` for a graph that updates may not write."""
    refuse_unless_working(UNNAMED if isinstance(graph, ox.DefaultGraph) else Term(str(graph)))


def _graphs(change: Change) -> set[object]:
    return {
        *change.emptied,
        *change.dropped,
        *change.created,
        *(q.graph_name for q in (*change.removed, *change.added)),
    }


def _steps(change: Change) -> Iterator[str]:
    for graph in change.emptied:
        yield f"CLEAR SILENT {'DEFAULT' if isinstance(graph, ox.DefaultGraph) else f'GRAPH {graph}'}"
    yield from _each("DELETE", change.removed, 0)
    yield from _each("INSERT", change.added, len(change.removed))
    yield from (f"DROP SILENT GRAPH {graph}" for graph in change.dropped)
    yield from (f"CREATE SILENT GRAPH {graph}" for graph in change.created)


def _each(verb: str, quads: Sequence[ox.Quad], start: int) -> Iterator[str]:
    """An operation for the statements of the unnamed graph, and one for the others; each is known by its number."""
    unnamed = [n for n, quad in enumerate(quads, start) if isinstance(quad.graph_name, ox.DefaultGraph)]
    named = [n for n, quad in enumerate(quads, start) if not isinstance(quad.graph_name, ox.DefaultGraph)]
    for numbers, template in ((unnamed, "%s"), (named, "GRAPH ?graph_name { %s }")):
        if numbers:
            pattern = template % "?subject ?predicate ?object"
            yield f"{verb} {{ {pattern} }} WHERE {{ VALUES ?n {{ {' '.join(map(str, numbers))} }} {_INSIDE} }}"


def _part(quads: Sequence[ox.Quad], role: str) -> Callable[..., Any]:
    def part(number: ox.Literal) -> Any:
        found = getattr(quads[int(number.value)], role)
        return None if isinstance(found, ox.DefaultGraph) else found

    return part
