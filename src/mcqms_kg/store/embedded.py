"""The home on this disk: pyoxigraph, which lets one process in at a time."""

from __future__ import annotations

import io
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from traceback import clear_frames
from typing import IO

import pyoxigraph as ox

from mcqms_kg.errors import Place, WorkspaceError, without_places
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Term, Triple
from mcqms_kg.processes.priority import unhurried
from mcqms_kg.settings import MEBIBYTE
from mcqms_kg.store.change import Change, apply
from mcqms_kg.store.statements import Written
from mcqms_kg.store.working_graphs import is_working

N_QUADS, N_TRIPLES = FORMATS[".nq"], FORMATS[".nt"]
LARGE = 20_000
"""Statements of a graph above which it is loaded in bulk, several times as fast as in a transaction."""


class EmbeddedHome:
    """Graphs in a folder; opening it raises `WorkspaceError` where another process has it open, or it is gone or damaged.

    After a write that failed, as where the disk is full, the engine takes no other: then it is opened anew before the next.
    """

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        try:
            self._open: ox.Store | None = ox.Store(folder) if new else _opened(folder)
        except (OSError, RuntimeError) as problem:
            raise _not_opened(folder, str(problem)) from problem
        self._folder, self._opening, self._has_failed = folder, threading.Lock(), False

    @property
    def _store(self) -> ox.Store:
        """What is read; raises `WorkspaceError` where it was closed to be opened anew, and still cannot be."""
        try:
            return self._sound() if self._open is None else self._open
        except (OSError, RuntimeError) as problem:
            raise _not_written(problem) from problem

    def _sound(self) -> ox.Store:
        """What is written; raises what the engine raises where it was closed to be opened anew, and cannot be."""
        with self._opening:
            if self._has_failed or self._open is None:
                self._open = None  # which closes it: it lets nobody in twice
                self._open, self._has_failed = _opened(self._folder), False
            return self._open

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Around a write, which names the engine nowhere that outlasts it: what holds it keeps it from being closed."""
        self._sound()
        try:
            yield
        except (OSError, RuntimeError) as problem:  # it is raised on
            self._has_failed = True
            clear_frames(problem.__traceback__)
            raise

    def graphs(self) -> tuple[Term, ...]:
        return tuple(sorted(Term(str(graph)) for graph in self._store.named_graphs()))

    def is_there(self) -> bool:
        next(iter(self._store.named_graphs()), None)
        return True

    def match(
        self, graph: Term, subject: Term | None = None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        pattern = (_node(subject), _node(predicate), _node(value), _node(graph))
        for quad in self._store.quads_for_pattern(*pattern):  # type: ignore[arg-type]  # four places
            yield Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))

    def add(self, graphs: Mapping[Term, Collection[Triple]]) -> None:
        """Large graphs are loaded first, each by itself, and the others in one transaction."""
        *new, _ = graphs
        large = {graph: graphs[graph] for graph in new if len(graphs[graph]) > LARGE}
        rest = {graph: triples for graph, triples in graphs.items() if graph not in large}
        try:
            with self._writing():
                for name in (ox.NamedNode(terms.iri_text(graph)) for graph in new):
                    if self._store.contains_named_graph(name):
                        self._store.remove_graph(name)
                for graph, triples in large.items():
                    self._load(graph, triples)
                self._store.load(_stream(rest), format=N_QUADS)  # one transaction, and blank nodes renamed
                self._store.flush()
        except (OSError, RuntimeError) as problem:
            raise _not_written(problem) from problem

    def _load(self, graph: Term, triples: Collection[Triple]) -> None:
        if isinstance(triples, Written):  # which the engine reads by itself, while others go on here
            name = ox.NamedNode(terms.iri_text(graph))
            path = triples.path
            unhurried(lambda: self._store.bulk_load(path=path, format=N_TRIPLES, to_graph=name))
        else:
            self._store.bulk_load(_stream({graph: triples}), format=N_QUADS)

    def working(self) -> tuple[Term, ...]:
        return tuple(graph for graph in self.graphs() if is_working(terms.iri_text(graph)))

    def change(self, change: Change) -> None:
        try:
            with self._writing():
                apply(self._store, change)
                self._store.flush()
        except (OSError, RuntimeError) as problem:
            raise _not_written(problem) from problem

    def checkpoint(self, folder: Path) -> None:
        """A copy that never changes, made of hard links where the folder is on the same disk; the folder must not exist."""
        with self._writing():
            self._store.backup(folder)

    def empty_graphs(self) -> tuple[Term, ...]:
        """The named graphs that are there without a statement, which N-Quads cannot say."""
        return tuple(graph for graph in self.graphs() if not any(self.match(graph)))

    def dump(self, path: Path) -> None:
        """Everything as N-Quads."""
        self._store.dump(path, format=N_QUADS)

    def load(self, path: Path, empty: Iterable[Term] = ()) -> None:
        """Everything of an N-Quads file, and empty graphs; for an empty home only, as it is not one transaction."""
        self._store.bulk_load(path=path, format=N_QUADS)
        for graph in empty:
            self._store.add_graph(ox.NamedNode(terms.iri_text(graph)))
        self._store.flush()

    def close(self) -> None:
        del self._open


def _opened(folder: Path) -> ox.Store:
    if not (folder / "CURRENT").is_file():  # it would be made anew, and empty
        raise OSError("its files are gone")
    return ox.Store(folder)


class _Lines(io.RawIOBase):
    """Graphs as N-Quads, made while they are read."""

    def __init__(self, graphs: Mapping[Term, Iterable[Triple]]) -> None:
        self._lines = (f"{s} {p} {o} {graph} .\n" for graph, triples in graphs.items() for s, p, o in triples)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what a buffered reader hands in
        if not self._left:
            self._left = memoryview("".join(islice(self._lines, 2000)).encode())
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _stream(graphs: Mapping[Term, Iterable[Triple]]) -> IO[bytes]:
    return io.BufferedReader(_Lines(graphs), MEBIBYTE)


def _node(term: Term | None) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    if term is None:
        return None
    if terms.is_iri(term):
        return ox.NamedNode(terms.iri_text(term))
    if terms.is_blank(term):
        return ox.BlankNode(term.removeprefix("_:"))
    tag = terms.language(term)
    return ox.Literal(
        terms.lexical(term), language=tag or None, datatype=None if tag else ox.NamedNode(terms.datatype(term))
    )


def _not_written(problem: Exception) -> WorkspaceError:
    return WorkspaceError(
        f"The store cannot be written: {without_places(str(problem))}",
        remedy="See that the disk has room, and try again.",
    )


def _not_opened(folder: Path, problem: str) -> WorkspaceError:
    if "lock" in problem.lower():
        return WorkspaceError(
            "Another process has the workspace open",
            place=Place(str(folder.parent)),
            remedy="Wait until it has finished, or ask the service that runs on it.",
        )
    return WorkspaceError(
        f"The store cannot be opened: {problem}",
        place=Place(str(folder)),
        remedy="Restore the workspace from a backup into a new folder.",
    )
