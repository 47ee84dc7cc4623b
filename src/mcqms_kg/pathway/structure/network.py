"""The projection as a network with typed edges, for questions about structure."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from mcqms_kg.graph.ties import TIES
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.reading import Projection

EDGES = {
    **TIES,
    "countsTowards": "counts-towards",
    "awardsCredential": "awards",
    "isAwardedTo": "awarded-to",
    "hasMinimumLevel": "minimum-level",
}
"""Predicate to type of edge; an edge runs as its statement does, and is keyed by its type."""


def network(projection: Projection) -> nx.MultiDiGraph[Term]:
    """Every edge once; nodes carry their `kind` where they are credentials, job titles or awards."""
    graph: nx.MultiDiGraph[Term] = nx.MultiDiGraph()
    for credential in projection.credentials.values():
        graph.add_node(credential.term, kind=credential.kind)
    graph.add_nodes_from(projection.jobs, kind="job")
    graph.add_nodes_from(projection.awards, kind="award")
    for source, target, type_ in _edges(projection):
        graph.add_edge(source, target, key=type_)
    return graph


def _edges(projection: Projection) -> Iterator[tuple[Term, Term, str]]:
    """Stated edges, and those over a part that is left out: units over outcomes, credentials over progressions."""
    facts = projection.facts
    for name, type_ in EDGES.items():
        for s, values in facts.of(mc(name)).items():
            yield from ((s, o, type_) for o in values)
    for credential in projection.credentials.values():
        yield from ((credential.term, unit, "covers") for unit in credential.units)
    for source, progressions in facts.of(mc("hasProgression")).items():
        targets = {t for p in progressions for t in facts.objects(p, mc("leadsTo"))}
        yield from ((source, target, "counts-towards") for target in sorted(targets))
