"""Default graphs as the one graph that SPARQL makes of them, in which a statement is there once. The engine gives it for each that has it.

Where no two have a statement in common, nothing is to be done. Else one stays, and what the others add to it goes into a graph of a copy.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from mcqms_kg.namespaces import HOME
from mcqms_kg.query.engine.disjoint import DisjointGraphs
from mcqms_kg.store.change import GraphName
from mcqms_kg.store.working_graphs import is_working

Merged = tuple[ox.Store, list[GraphName]]
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_Parted = tuple[ox.NamedNode | None, Path | None]

_OPEN = 8
_ADDED = ox.NamedNode(f"{HOME}merged")
"""The graph of what the others add; nobody sees a graph of that name."""
_NOWHERE = ox.NamedNode(f"{HOME}nowhere")
_SHARED = """ASK { VALUES ?g { %s } GRAPH ?g { ?s ?p ?o }
FILTER (EXISTS { GRAPH ?h { ?s ?p ?o } FILTER (?h != ?g) } || EXISTS { ?s ?p ?o }) }"""
_SHARED_UNNAMED = "ASK { ?s ?p ?o FILTER EXISTS { GRAPH ?h { ?s ?p ?o } } }"
_MISSING = "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }"
_COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


class Merging:
    """Makes one graph of several."""

    def __init__(self) -> None:
        self._disjoint = DisjointGraphs[GraphName](_never_changes)
        self._copies: dict[Path, ox.Store] = {}

    def of(self, store: ox.Store, graphs: Iterable[GraphName], folder: Path, name: str = "") -> Merged:
        """The store and the graphs of it to ask by default. With a name, what was found is kept in the folder, for all that ask the same.

        Without one, a copy is kept until the process makes the next.
        """
        found = [graph for graph in dict.fromkeys(graphs) if _has_statements(store, graph)]
        if len(found) < 2:
            return store, found
        said = folder / f"merged-{hashlib.sha256(repr((name, found)).encode()).hexdigest()[:32]}" if name else None
        stays, added = _kept(said) or self._parted(store, found, said, folder)
        if not stays:
            return store, found
        return (self._opened(added, lasting=bool(said)), [stays, _ADDED]) if added else (store, [stays])

    def forget_copies(self) -> None:
        """Closes copies of what is asked no more."""
        self._copies.clear()

    def _opened(self, path: Path, *, lasting: bool) -> ox.Store:
        if path not in self._copies:
            if not lasting:
                return ox.Store.read_only(str(path))
            if len(self._copies) >= _OPEN:
                self._copies.clear()
            self._copies[path] = ox.Store.read_only(str(path))
        return self._copies[path]

    def _parted(self, store: ox.Store, found: list[GraphName], said: Path | None, folder: Path) -> _Parted:
        parted = self._found(store, found, said, folder)
        if said:
            stays, added = parted
            beside = folder / f"merging-{os.getpid()}.name"
            beside.write_text(f"{stays.value if stays else ''}\n{added or ''}", "utf-8")
            beside.rename(said)
        return parted

    def _found(self, store: ox.Store, found: list[GraphName], said: Path | None, folder: Path) -> _Parted:
        """The graph that stays and the copy with what the others add to it; neither where all are apart, no copy where nothing is added."""
        named = [graph for graph in found if isinstance(graph, ox.NamedNode)]
        stays = cast(ox.NamedNode, self._disjoint.largest(named, partial(_size, store)))
        if self._disjoint.are_disjoint(found, stays, partial(_share, store, found)):
            return None, None
        others = [graph for graph in found if graph != stays]
        missing = cast(ox.QuerySolutions, _asked(store, _MISSING, others, [stays]))
        first = next(missing, None)
        return stays, first and _copied(store, chain([first], missing), folder, said)


def _size(store: ox.Store, graph: GraphName) -> int:
    (row,) = cast(ox.QuerySolutions, _asked(store, _COUNT, [graph], []))
    return int(cast(ox.Literal, row["n"]).value)


def _share(store: ox.Store, graphs: Sequence[GraphName], some: Sequence[GraphName]) -> bool:
    """Whether some of the graphs have a statement in common with any other of them."""
    named = [graph for graph in graphs if isinstance(graph, ox.NamedNode)]
    unnamed = [graph for graph in graphs if graph not in named]
    looked_at = " ".join(str(graph) for graph in some if graph in named)
    if looked_at and _asked(store, _SHARED % looked_at, unnamed or [_NOWHERE], named):
        return True
    return bool(unnamed and _asked(store, _SHARED_UNNAMED, unnamed, named))


def _asked(store: ox.Store, text: str, default: Sequence[GraphName], named: Sequence[ox.NamedNode]) -> Found:
    return store.query(text, default_graph=[*default], named_graphs=[*named])


def _never_changes(graph: GraphName) -> bool:
    return isinstance(graph, ox.NamedNode) and not is_working(graph.value)


def _has_statements(store: ox.Store, graph: GraphName) -> bool:
    return next(iter(store.quads_for_pattern(None, None, None, graph)), None) is not None


def _kept(said: Path | None) -> _Parted | None:
    """What was found for the same graphs by another process, or by one that is gone."""
    try:
        stays, added = said.read_text("utf-8").split("\n") if said else ("", "")
    except OSError:
        return None
    return (ox.NamedNode(stays) if stays else None, Path(added) if added else None) if said else None


def _copied(store: ox.Store, rows: Iterable[ox.QuerySolution], folder: Path, said: Path | None) -> Path:
    """A copy of the store with the statements in one more graph."""
    _clear(folder)
    made = folder / f"merging-{os.getpid()}"
    store.backup(str(made))
    copy = ox.Store(str(made))
    copy.bulk_extend(ox.Quad(row["s"], row["p"], row["o"], _ADDED) for row in rows)
    copy.flush()
    del copy  # from now on it is only read
    if said is None:
        return made
    try:
        made.rename(kept := said.with_suffix(".store"))
    except OSError:  # another was quicker
        shutil.rmtree(made)
    return kept


def _clear(folder: Path) -> None:
    """Removes what this process made before, and what others left that are gone."""
    for left in folder.glob("merging-*"):
        number = int(left.name.removeprefix("merging-").partition(".")[0])
        if number == os.getpid() or not Path(f"/proc/{number}").exists():
            shutil.rmtree(left, ignore_errors=True)
