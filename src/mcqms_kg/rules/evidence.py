"""What stands behind a finding: the statements it rests on, the things it is about, and where they are in the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mcqms_kg.errors import Place
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.locate import Lines, locate
from mcqms_kg.model import Finding, Term, Triple, ValidationResult
from mcqms_kg.rules.shape_properties import Step, candidates, path_steps, shape_properties, steps_taken, values_at
from mcqms_kg.rules.vocabulary import RDF_TYPE, sh

MOST_TRIPLES = 40
MOST_THINGS = 4


def things_meant(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex) -> tuple[Term, ...]:
    """The things a result is about besides its focus node: its value, or what is there of the kind that was asked for."""
    if result.value:
        return () if result.value == result.focus or terms.is_literal(result.value) else (result.value,)
    path, wanted = (shapes.value(result.source_shape, sh(name)) for name in ("path", "qualifiedValueShape"))
    if not (path and wanted):
        return ()
    values = values_at(graph, result.focus, path_steps(shapes, path))
    return candidates(graph, values, shape_properties(shapes, wanted))[:MOST_THINGS]


def triples_behind(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex) -> tuple[Triple, ...]:
    """The statements the result rests on, the first forty: what the focus node is, what stands on the path from it, and what is said of
    the things meant."""
    steps = steps_taken(graph, shapes, result)
    things = things_meant(result, graph, shapes)
    found = dict.fromkeys((result.focus, RDF_TYPE, t) for t in graph.types(result.focus))
    if not steps:
        found |= dict.fromkeys((result.focus, p, o) for p, o in graph.out(result.focus))
    elif not things:
        found |= dict.fromkeys(_along(graph, result.focus, steps))
    found |= dict.fromkeys((thing, p, o) for thing in things for p, o in graph.out(thing))
    return tuple(found)[:MOST_TRIPLES]


def _along(graph: GraphIndex, focus: Term, steps: Sequence[Step]) -> Iterator[Triple]:
    """The statements on the path from the focus node, as far as they go."""
    now = [focus]
    for back, predicate in steps:
        if back:
            met = [(s, predicate, n) for n in now for s in graph.subjects(predicate, n)]
        else:
            met = [(n, predicate, o) for n in now for o in graph.objects(n, predicate)]
        yield from met
        now = list(dict.fromkeys(t[0] if back else t[2] for t in met))


def with_places(
    findings: Sequence[Finding], paths: Iterable[Path], graph: GraphIndex, shapes: GraphIndex
) -> tuple[Finding, ...]:
    """The findings with file and line: of the focus node (or of the node that leads to a blank one) first, then of the things meant."""
    anchors = {f.id: tuple(_anchors(f.result, graph, shapes)) for f in findings}
    wanted = {subject for found in anchors.values() for subject, _ in found}
    lines = locate(paths, wanted) if wanted else Lines()
    return tuple(replace(f, places=_places(lines, anchors[f.id])) for f in findings)


def _anchors(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex) -> Iterator[tuple[Term, Term | None]]:
    steps = steps_taken(graph, shapes, result)
    predicate = steps[0][1] if steps and not steps[0][0] else None
    yield _named_node(result.focus, predicate, graph)
    for thing in things_meant(result, graph, shapes):
        yield _named_node(thing, None, graph)


def _named_node(node: Term, predicate: Term | None, graph: GraphIndex) -> tuple[Term, Term | None]:
    """The node itself, or for a blank one the named node and property that lead to it."""
    seen = {node}
    while terms.is_blank(node):
        before = [(p, s) for p, s in graph.into(node) if s not in seen]
        if not before:
            break
        predicate, node = before[0]
        seen.add(node)
    return node, predicate


def _places(lines: Lines, anchors: Iterable[tuple[Term, Term | None]]) -> tuple[Place, ...]:
    found: Mapping[Place, None] = {place: None for anchor in anchors if (place := lines.of(*anchor))}
    return tuple(found)
