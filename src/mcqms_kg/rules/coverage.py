"""What the rules looked at: resources nobody checked, and terms nobody understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import Submitted
from mcqms_kg.graph.undeclared import not_understood
from mcqms_kg.model import Coverage, NotUnderstood, Term, Triple
from mcqms_kg.rules.findings import named
from mcqms_kg.rules.vocabulary import RDF_TYPE

MOST_NAMED = 50


def coverage(
    submitted: Submitted,
    background: Iterable[Triple],
    focus: Collection[Term],
    graph: GraphIndex,
    paths: Sequence[Path],
) -> Coverage:
    """Which described resources were one of the focus nodes or led to from one, and which of our terms in the data are undeclared."""
    data = submitted.triples
    described = {s for s, _, _ in data}
    reached = _reached(focus, data)
    unchecked = sorted(described - reached)
    return Coverage(
        described=len(described),
        unchecked_total=len(unchecked),
        unchecked=tuple(named(graph, s) for s in unchecked[:MOST_NAMED]),
        not_understood=not_understood(data, {s for s, _, _ in background}, paths),
        not_taken_over=submitted.losses,
    )


def _reached(focus: Collection[Term], data: Sequence[Triple]) -> set[Term]:
    """Focus nodes, and what stands one step from them: shapes look at their values and at what points at them."""
    near = {o for s, _, o in data if s in focus} | {s for s, p, o in data if o in focus and p != RDF_TYPE}
    return near.union(focus)


def unclear_nodes(data: Iterable[Triple], strange: Iterable[NotUnderstood]) -> frozenset[Term]:
    """The nodes of which something is said that nobody could understand."""
    undeclared = {each.term for each in strange}
    return frozenset(s for s, p, o in data if p in undeclared or o in undeclared) if undeclared else frozenset()
