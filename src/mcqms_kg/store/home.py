"""What every home of graphs does, whether it lies on this disk or behind a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from mcqms_kg.model import Term, Triple
from mcqms_kg.store.change import Change


class Home(Protocol):
    """Named graphs that outlive the process.

    A home may normalise literals (`01` becomes `1`), so nothing is judged by what it gives back.
    """

    def graphs(self) -> tuple[Term, ...]:
        """The names of all graphs, sorted."""
        ...

    def is_there(self) -> bool:
        """Whether graphs can be read; raises `WorkspaceError` that says why not."""
        ...

    def match(
        self, graph: Term, subject: Term | None = None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """The statements of a graph that fit; what is not given fits anything."""
        ...

    def add(self, graphs: Mapping[Term, Collection[Triple]]) -> None:
        """Adds statements to graphs, kept for good when this returns. Blank nodes are new ones.

        The last graph gets all of its statements or none, and only when the others have theirs. The others are new:
        what a process that was killed left in them goes first.
        """
        ...

    def working(self) -> tuple[Term, ...]:
        """The names of the working graphs that are there, sorted, also of those without statements."""
        ...

    def change(self, change: Change) -> None:
        """Changes working graphs: all of it or nothing, and for good when this returns. Raises `Forbidden` for any other graph."""
        ...

    def close(self) -> None:
        """Lets go of what is held; the home is not used after this."""
        ...
