"""Circles: credentials that require each other, so that nobody can begin anywhere, or that are made of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.problems import Problems


def circles(facts: Facts, problems: Problems) -> None:
    """Tells every circle of prerequisites, and every circle of rules by which credentials are made of each other."""
    _tell(facts, problems, "prerequisite-circle", (mc("requires"),))
    _tell(facts, problems, "stacking-circle", (mc("isStackedBy"), mc("hasOption")))


def _tell(facts: Facts, problems: Problems, kind: str, predicates: tuple[Term, ...]) -> None:
    for members in rings(facts, predicates):
        inside = [(s, p, o) for p in predicates for s in members for o in facts.objects(s, p) if o in members]
        problems.add(kind, min(members), *inside)


def rings(facts: Facts, predicates: Collection[Term]) -> Iterator[set[Term]]:
    """The things that lead back to themselves, each with all that it leads to and that leads to it again.

    Whatever nothing leads to is in no circle, and is dropped first, again and again: that leaves next to nothing of most graphs.
    """
    edges, before = [facts.of(predicate) for predicate in predicates], dict[Term, int]()
    for by_source in edges:
        for targets in by_source.values():
            for target in targets:
                before[target] = before.get(target, 0) + 1
    waiting = list(dict.fromkeys(source for by_source in edges for source in by_source if source not in before))
    for source in waiting:
        for by_source in edges:
            for target in by_source.get(source, ()):
                before[target] -= 1
                if not before[target]:
                    waiting.append(target)
    left = {term for term, count in before.items() if count}
    if left:
        yield from _rings((s, p, o) for p in predicates for s in left & facts.of(p).keys() for o in facts.of(p)[s])


def _rings(statements: Iterable[Triple]) -> Iterator[set[Term]]:
    import networkx as nx  # its import takes longer than most graphs, which have no circle

    from mcqms_kg.graph.network import network

    graph = network(statements)
    for members in nx.strongly_connected_components(graph):
        if len(members) > 1 or any(graph.has_edge(term, term) for term in members):
            yield members
