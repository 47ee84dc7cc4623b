"""What becomes of working graphs, worked out before any of it is done, and done in one transaction."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from mcqms_kg.model import Term
from mcqms_kg.store.working_graphs import UNNAMED, refuse_unless_working

GraphName = ox.NamedNode | ox.DefaultGraph
_ROLES = {role: ox.NamedNode(f"urn:x-mcqms:{role}") for role in ("subject", "predicate", "object", "graph_name")}
NAME = re.compile(r'<[^\x00-\x20<>"{}|^`\\]+>')
LITERAL = re.compile(r'"(?:[^"\\\r\n]|\\[tbnrf"\\])*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^<[^\x00-\x20<>"{}|^`\\]+>)?')
"""How a name and a literal must be written to go into the text of an operation; what is not goes as a value."""
_INSIDE = " ".join(f"BIND({name}(?n) AS ?{role})" for role, name in _ROLES.items())


@dataclass(frozen=True)
class Change:
    """First graphs are emptied, then statements removed, then added; at the end some graphs are no more, and some are there."""

    emptied: tuple[GraphName, ...] = ()
    removed: tuple[ox.Quad, ...] = ()
    added: tuple[ox.Quad, ...] = ()
    dropped: tuple[ox.NamedNode, ...] = ()
    created: tuple[ox.NamedNode, ...] = ()

    def __reduce__(self) -> tuple[object, ...]:
        """As N-Quads between processes, many times as fast as statement by statement; names of blank nodes stay."""
        statements = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) for quads in (self.removed, self.added))
        return _read, (self.emptied, *statements, self.dropped, self.created)

    def __bool__(self) -> bool:
        return any((self.emptied, self.removed, self.added, self.dropped, self.created))


def _read(
    emptied: tuple[GraphName, ...],
    removed: bytes,
    added: bytes,
    dropped: tuple[ox.NamedNode, ...],
    created: tuple[ox.NamedNode, ...],
) -> Change:
    removals, additions = (tuple(ox.parse(given, format=ox.RdfFormat.N_QUADS)) for given in (removed, added))
    return Change(emptied, removals, additions, dropped, created)


def apply(store: ox.Store, change: Change) -> None:
    """Does all of it or nothing; raises `Forbidden` where it would touch a graph that never changes, whatever asked for it.

    Statements with blank nodes, or with anything that needs care to be spelt, are handed to the engine as values and not as text,
    so a blank node keeps its identity, and nothing can be more than it is.
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
    """Operations for statements: those without blank nodes as data, of the others each by its number."""
    texts = [_as_data(quad) for quad in quads]
    if any(texts):
        yield f"{verb} DATA {{ {' '.join(filter(None, texts))} }}"
    others = [(n, quad.graph_name) for n, (quad, text) in enumerate(zip(quads, texts, strict=True), start) if not text]
    for template, kind in (("%s", ox.DefaultGraph), ("GRAPH ?graph_name { %s }", ox.NamedNode)):
        numbers = [n for n, graph in others if isinstance(graph, kind)]
        if numbers:
            pattern = template % "?subject ?predicate ?object"
            yield f"{verb} {{ {pattern} }} WHERE {{ VALUES ?n {{ {' '.join(map(str, numbers))} }} {_INSIDE} }}"


def _as_data(quad: ox.Quad) -> str:
    """The statement as it is written, where it can be: without blank nodes, and with names that need no care."""
    subject, predicate, value, graph = (str(part) for part in quad)
    named = "" if isinstance(quad.graph_name, ox.DefaultGraph) else graph
    names = (
        subject,
        predicate,
        *((value,) if not isinstance(quad.object, ox.Literal) else ()),
        *((named,) if named else ()),
    )
    if not all(map(NAME.fullmatch, names)) or (isinstance(quad.object, ox.Literal) and not LITERAL.fullmatch(value)):
        return ""
    return f"GRAPH {named} {{ {subject} {predicate} {value} }}" if named else f"{subject} {predicate} {value} ."


def _part(quads: Sequence[ox.Quad], role: str) -> Callable[..., Any]:
    def part(number: ox.Literal) -> Any:
        found = getattr(quads[int(number.value)], role)
        return None if isinstance(found, ox.DefaultGraph) else found

    return part
