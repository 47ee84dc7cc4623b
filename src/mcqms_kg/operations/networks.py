"""What pathways run over, as a network for those who measure and draw in Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.locate import Lines, locate
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import Term
from mcqms_kg.operations.inputs import files_or_datasets
from mcqms_kg.operations.workspaces import Where

if TYPE_CHECKING:
    import networkx as nx


def network(
    paths: Iterable[Path | str] = (),
    *,
    datasets: Iterable[str] = (),
    workspace: Where = None,
    language: str = "en",
    places: bool = True,
) -> nx.MultiDiGraph[str]:
    """The data as a network with typed edges: credentials, rules, units, job titles, levels and bodies, and what ties them.

    The data is files, or the latest versions of datasets (all where none is named and no file is given). Nodes are IRIs, or the names
    of blank nodes, with `label` and `classes`. An edge has its kind as key and as `kind`, the `statements` that say it, and the
    `place` of the first of them in a file unless `places` are not wanted.
    """
    import networkx as nx  # its import takes longer than most verbs, and nothing else here needs it

    from mcqms_kg.graph.network import network as projected

    with files_or_datasets(tuple(paths), datasets, workspace) as files:
        statements = read_submitted(files).triples
        lines = locate(files, {s for s, _, _ in statements}) if places else Lines()
    graph, found = GraphIndex(statements), projected(statements, lines)
    for node, told in found.nodes(data=True):
        classes = sorted(terms.iri_text(kind) for kind in graph.types(node) if terms.is_iri(kind))
        told.update(label=graph.name(node, language), classes=tuple(classes))
    called: nx.MultiDiGraph[str] = nx.relabel_nodes(found, _called)
    return called


def _called(node: Term) -> str:
    return terms.iri_text(node) if terms.is_iri(node) else node
