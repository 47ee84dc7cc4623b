"""Graphs that have no statement in common: what was found of those that never change is not looked for again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)


class DisjointGraphs(Generic[G]):
    """What is known of the graphs that never change: how large they are, and which have no statement in common."""

    def __init__(self, never_changes: Callable[[G], bool]) -> None:
        self._never_changes = never_changes
        self._sizes: dict[G, int] = {}
        self._disjoint: frozenset[G] = frozenset()

    def largest(self, graphs: Iterable[G], count: Callable[[G], int]) -> G:
        """The graph with the most statements."""
        return max(graphs, key=lambda graph: self._size(graph, count))

    def are_disjoint(self, graphs: Sequence[G], largest: G, share: Callable[[Sequence[G]], bool]) -> bool:
        """Whether no two have a statement in common.

        `share` says whether some of the graphs have one in common with any other. The largest is not among these, whose statements need
        not be gone through, nor is what was found to be apart from it.
        """
        known = self._disjoint & set(graphs) if largest in self._disjoint else frozenset()
        if share([graph for graph in graphs if graph != largest and graph not in known]):
            return False
        self._disjoint = frozenset(filter(self._never_changes, graphs))
        return True

    def _size(self, graph: G, count: Callable[[G], int]) -> int:
        if graph in self._sizes:
            return self._sizes[graph]
        size = count(graph)
        if self._never_changes(graph):
            self._sizes[graph] = size
        return size
