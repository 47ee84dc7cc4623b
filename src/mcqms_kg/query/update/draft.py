"""Working graphs as they would be after what was asked so far. Nothing of it is done yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from mcqms_kg.errors import ChangeTooLarge
from mcqms_kg.store.change import Change, GraphName, refuse_protected
from mcqms_kg.store.working_graphs import is_working


class Draft:
    """Changes over a store that stays as it is. `store` gives one in which they are done, made in the folder only where it is asked for."""

    def __init__(self, original: ox.Store, scratch: Path, limit: int) -> None:
        self._original, self._folder, self._limit = original, scratch, limit
        self._scratch: ox.Store | None = None
        self._not_in_scratch: list[tuple[str, GraphName | ox.Quad]] = []
        self._before = {g for g in original.named_graphs() if isinstance(g, ox.NamedNode) and is_working(g.value)}
        self.graphs = set(self._before)
        """The named working graphs that are there."""
        self._emptied: set[GraphName] = set()
        self._removed: dict[ox.Quad, None] = {}
        self._added: dict[ox.Quad, None] = {}

    def change(self) -> Change:
        """What all operations so far add to the graphs and remove from them."""
        dropped = self._before - self.graphs
        return Change(
            emptied=tuple(sorted(self._emptied & ({ox.DefaultGraph()} | self._before - dropped), key=str)),
            removed=tuple(self._removed),
            added=tuple(self._added),
            dropped=tuple(sorted(dropped, key=str)),
            created=tuple(sorted(self.graphs - self._before, key=str)),
        )

    def exact(self) -> Change:
        """The same without emptying: what is in a graph that is emptied or dropped is removed statement by statement."""
        change = self.change()
        gone = (*change.emptied, *change.dropped)
        before = {quad for graph in gone for quad in self._original.quads_for_pattern(None, None, None, graph)}
        stays = before & self._added.keys()
        return replace(
            change,
            emptied=(),
            removed=(*change.removed, *(quad for quad in before if quad not in stays)),
            added=tuple(quad for quad in change.added if quad not in stays),
        )

    def store(self) -> ox.Store:
        """A store with everything that was asked so far."""
        if self._not_in_scratch and self._scratch is None:
            self._original.backup(self._folder)
            self._scratch = ox.Store(str(self._folder))
        for sign, what in self._not_in_scratch:
            _do(self._scratch, sign, what)
        self._not_in_scratch.clear()
        return self._original if self._scratch is None else self._scratch  # one that is empty is false

    def quads(self, graph: GraphName) -> Iterator[ox.Quad]:
        """The statements of a graph."""
        if graph not in self._emptied:
            found = self._original.quads_for_pattern(None, None, None, graph)
            yield from (quad for quad in found if quad not in self._removed)
        yield from [quad for quad in self._added if quad.graph_name == graph]

    def replace(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Removes statements, then adds others."""
        for quad in _as_stored(gone):
            self._remove(quad)
        for quad in _as_stored(new):
            self._add(quad)
        if len(self._removed) + len(self._added) > self._limit:
            raise ChangeTooLarge(
                f"More than {self._limit} statements would change",
                remedy="Change less at a time, raise MCQMS_UPDATE_MAX_STATEMENTS, or hand the data in with `mcqms import`.",
            )

    def empty(self, graph: GraphName) -> None:
        """Removes all statements of a graph, which stays."""
        refuse_protected(graph)
        self._removed = {quad: None for quad in self._removed if quad.graph_name != graph}
        self._added = {quad: None for quad in self._added if quad.graph_name != graph}
        self._emptied.add(graph)
        self._not_in_scratch.append(("empty", graph))

    def create(self, graph: ox.NamedNode) -> None:
        refuse_protected(graph)
        self.graphs.add(graph)
        self._not_in_scratch.append(("create", graph))

    def drop(self, graph: GraphName) -> None:
        """Removes a graph with all its statements; the unnamed one stays, empty."""
        self.empty(graph)
        if isinstance(graph, ox.NamedNode):
            self.graphs.discard(graph)
            self._not_in_scratch.append(("drop", graph))

    def _remove(self, quad: ox.Quad) -> None:
        refuse_protected(quad.graph_name)
        if quad in self._added:
            del self._added[quad]
        elif self._is_original(quad):
            self._removed[quad] = None
        self._not_in_scratch.append(("-", quad))

    def _add(self, quad: ox.Quad) -> None:
        refuse_protected(quad.graph_name)
        if quad in self._removed:
            del self._removed[quad]
        elif not self._is_original(quad):
            self._added[quad] = None
        if isinstance(quad.graph_name, ox.NamedNode):
            self.graphs.add(quad.graph_name)
        self._not_in_scratch.append(("+", quad))

    def _is_original(self, quad: ox.Quad) -> bool:
        return quad.graph_name not in self._emptied and quad in self._original


def _as_stored(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Each once, with literals as the store writes them, so that two spellings of one value are one statement here as they are there."""
    passed = ox.Store()
    passed.extend(quads)
    yield from passed


def _do(store: ox.Store | None, sign: str, what: GraphName | ox.Quad) -> None:
    assert store is not None  # noqa: S101  # made before anything is to be done in it
    if isinstance(what, ox.Quad):
        (store.add if sign == "+" else store.remove)(what)
    elif sign == "empty":
        store.clear_graph(what)
    elif isinstance(what, ox.NamedNode):
        (store.add_graph if sign == "create" else store.remove_graph)(what)
