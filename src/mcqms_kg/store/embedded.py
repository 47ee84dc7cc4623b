"""The home on this disk: pyoxigraph, which lets one process in at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from mcqms_kg.errors import Place, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Term, Triple
from mcqms_kg.store.change import Change, apply

N_QUADS = FORMATS[".nq"]


class EmbeddedHome:
    """Graphs in a folder; opening it raises `WorkspaceError` where another process has it open, or it is gone or damaged."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        if not new and not (folder / "CURRENT").is_file():  # it would be made anew, and empty
            raise _not_opened(folder, "its files are gone")
        try:
            self._store = ox.Store(folder)
        except (OSError, RuntimeError) as problem:
            raise _not_opened(folder, str(problem)) from problem

    def graphs(self) -> tuple[Term, ...]:
        return tuple(sorted(Term(str(graph)) for graph in self._store.named_graphs()))

    def match(
        self, graph: Term, subject: Term | None = None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        pattern = (_node(subject), _node(predicate), _node(value), _node(graph))
        for quad in self._store.quads_for_pattern(*pattern):  # type: ignore[arg-type]  # four places
            yield Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object))

    def add(self, graphs: Mapping[Term, Iterable[Triple]]) -> None:
        lines = (f"{s} {p} {o} {graph} .\n" for graph, triples in graphs.items() for s, p, o in triples)
        try:
            self._store.load("".join(lines).encode(), format=N_QUADS)  # one transaction, and blank nodes renamed
            self._store.flush()
        except (OSError, RuntimeError) as problem:
            raise _not_written(problem) from problem

    def change(self, change: Change) -> None:
        """Changes working graphs: all of it or nothing, and for good when this returns. Raises `Forbidden` for any other graph."""
        try:
            apply(self._store, change)
            self._store.flush()
        except (OSError, RuntimeError) as problem:
            raise _not_written(problem) from problem

    def checkpoint(self, folder: Path) -> None:
        """A copy that never changes, made of hard links where the folder is on the same disk; the folder must not exist."""
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
        del self._store


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
        f"The store cannot be written: {problem}", remedy="See that the disk has room, and try again."
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
