"""Credentials that require each other in a circle: nobody can begin anywhere in it."""

from __future__ import annotations

import networkx as nx

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.problems import Problems


def circles(facts: Facts, problems: Problems) -> None:
    """Tells every circle of prerequisites, and every circle of rules by which credentials are made of each other."""
    _tell(facts, problems, "prerequisite-circle", (mc("requires"),))
    _tell(facts, problems, "stacking-circle", (mc("isStackedBy"), mc("hasOption")))


def _tell(facts: Facts, problems: Problems, kind: str, predicates: tuple[Term, ...]) -> None:
    graph: nx.DiGraph[Term] = nx.DiGraph(
        (s, o) for p in predicates for s, values in facts.of(p).items() for o in values
    )
    for members in nx.strongly_connected_components(graph):
        first = min(members)
        if len(members) > 1 or graph.has_edge(first, first):
            inside = [(s, p, o) for p in predicates for s in members for o in facts.objects(s, p) if o in members]
            problems.add(kind, first, *inside)
