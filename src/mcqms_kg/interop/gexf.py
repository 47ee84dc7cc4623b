"""GEXF of the network of credentials."""

from __future__ import annotations

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.network import as_gexf
from mcqms_kg.interop.network import written
from mcqms_kg.model import Wanted, Written


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """The network as GEXF 1.2."""
    return written(graph, wanted, "network.gexf", as_gexf)
