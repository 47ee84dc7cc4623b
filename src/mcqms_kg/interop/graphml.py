"""GraphML of the network of credentials."""

from __future__ import annotations

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.network import as_graphml
from mcqms_kg.interop.network import written
from mcqms_kg.model import Wanted, Written


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """The network as GraphML."""
    return written(graph, wanted, "network.graphml", as_graphml)
