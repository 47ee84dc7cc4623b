"""SPARQL-based constraints and constraint components (SHACL sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.shacl.components.component import Reading
from mcqms_kg.shacl.shapes import Constraint


@dataclass(frozen=True)
class SparqlComponents:
    """The constraint components that a shapes graph declares."""

    graph: GraphIndex

    @classmethod
    def read(cls, graph: GraphIndex) -> SparqlComponents:
        return cls(graph)

    def constraints(self, reading: Reading) -> Iterator[Constraint]:
        return iter(())


def sparql_constraints(reading: Reading) -> Iterator[Constraint]:
    return iter(())
