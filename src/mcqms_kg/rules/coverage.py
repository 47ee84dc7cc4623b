"""What the rules looked at: resources nobody checked, and terms nobody understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.locate import locate
from mcqms_kg.graph.submitted import Submitted
from mcqms_kg.model import Coverage, NotUnderstood, Term, Triple
from mcqms_kg.namespaces import CODE, MC
from mcqms_kg.rules.catalogue import TARGETS
from mcqms_kg.rules.findings import named
from mcqms_kg.rules.words import RDF_TYPE

MOST_NAMED = 50
_CLASS, _SUBJECTS, _OBJECTS, _NODE = TARGETS


def coverage(
    submitted: Submitted,
    background: Iterable[Triple],
    shapes: Iterable[Triple],
    graph: GraphIndex,
    paths: Sequence[Path],
) -> Coverage:
    """Which described resources were a focus node or led to from one, and which of our terms in the data are undeclared."""
    data = submitted.triples
    described = {s for s, _, _ in data}
    reached = _reached(focus_nodes(data, shapes, graph), data)
    unchecked = sorted(described - reached)
    return Coverage(
        described=len(described),
        unchecked_total=len(unchecked),
        unchecked=tuple(named(graph, s) for s in unchecked[:MOST_NAMED]),
        not_understood=_not_understood(data, {s for s, _, _ in background}, paths),
        not_taken_over=submitted.losses,
    )


def focus_nodes(data: Sequence[Triple], shapes: Iterable[Triple], graph: GraphIndex) -> set[Term]:
    """The nodes of the data that some target meets (SHACL section 2.1.3)."""
    by_kind: dict[Term, set[Term]] = {kind: set() for kind in TARGETS}
    for _, predicate, value in shapes:
        if predicate in by_kind:
            by_kind[predicate].add(value)
    classes = _with_subclasses(by_kind[_CLASS], graph)
    found = set(by_kind[_NODE])
    for s, p, o in data:
        if (p == RDF_TYPE and o in classes) or p in by_kind[_SUBJECTS]:
            found.add(s)
        if p in by_kind[_OBJECTS]:
            found.add(o)
    return found


def _with_subclasses(classes: Iterable[Term], graph: GraphIndex) -> set[Term]:
    subclass_of = terms.iri("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    seen: set[Term] = set()
    waiting = list(classes)
    while waiting:
        now = waiting.pop()
        if now not in seen:
            seen.add(now)
            waiting += graph.subjects(subclass_of, now)
    return seen


def _reached(focus: set[Term], data: Sequence[Triple]) -> set[Term]:
    """Focus nodes, and what stands one step from them: shapes look at their values and at what points at them."""
    near = {o for s, _, o in data if s in focus} | {s for s, p, o in data if o in focus and p != RDF_TYPE}
    return focus | near


def _not_understood(
    data: Sequence[Triple], declared: Collection[Term], paths: Sequence[Path]
) -> tuple[NotUnderstood, ...]:
    uses: Counter[Term] = Counter()
    where: dict[Term, tuple[Term, Term]] = {}
    for s, p, o in data:
        for term in (p, o):
            if _is_ours(term) and term not in declared:
                uses[term] += 1
                where.setdefault(term, (s, p))
    lines = locate(paths, {s for s, _ in where.values()}) if where else None
    places = {t: lines.of(*where[t]) for t in where} if lines else {}
    return tuple(NotUnderstood(t, uses[t], tuple(p for p in (places.get(t),) if p)) for t in sorted(uses))


def _is_ours(term: Term) -> bool:
    return term.startswith((f"<{MC}", f"<{CODE}"))
