"""GEXF of the network of credentials."""

from __future__ import annotations

import io
import re

import networkx as nx

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.network import written
from mcqms_kg.model import Wanted, Written


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """The network as GEXF 1.2."""
    return written(graph, wanted, "network.gexf", _gexf)


def _gexf(found: nx.MultiDiGraph[str]) -> bytes:
    """Without the date of today that the library writes, so that the same network is the same file."""
    numbered: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    numbered.add_nodes_from(found.nodes(data=True))
    for number, (source, target, type_) in enumerate(sorted(found.edges(keys=True))):
        numbered.add_edge(source, target, key=number, kind=type_)
    out = io.BytesIO()
    nx.write_gexf(numbered, out, version="1.2draft")
    return re.sub(rb' lastmodifieddate="[^"]*"', b"", out.getvalue()) + b"\n"
