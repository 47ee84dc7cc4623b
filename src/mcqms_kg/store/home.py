"""What every home of graphs does, whether it lies on this disk or behind a SPARQL endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from mcqms_kg.model import Term, Triple


class Home(Protocol):
    """Named graphs that outlive the process.

    A home may normalise literals (`01` becomes `1`), so nothing is judged by what it gives back.
    """

    def graphs(self) -> tuple[Term, ...]:
        """The names of all graphs, sorted."""
        ...

    def match(
        self, graph: Term, subject: Term | None = None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """The statements of a graph that fit; what is not given fits anything."""
        ...

    def add(self, graphs: Mapping[Term, Iterable[Triple]]) -> None:
        """Adds statements to the graphs: all of them or none, and kept for good when this returns. Blank nodes are new ones."""
        ...

    def close(self) -> None:
        """Lets go of what is held; the home is not used after this."""
        ...
