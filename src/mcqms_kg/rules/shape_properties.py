"""What a shape looks at: the properties its nested shapes ask for, so that a finding can say what the data holds for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, ValidationResult
from mcqms_kg.rules.focus import with_subclasses
from mcqms_kg.rules.vocabulary import sh

Step = tuple[bool, Term]
"""A step of a path: whether it goes against the arrow, and the property."""

_DEEPEST = 6


@dataclass(frozen=True)
class ShapeProperties:
    """What a nested shape asks of a node: classes, fixed values, and other properties, as paths."""

    classes: tuple[Term, ...]
    fixed: tuple[tuple[tuple[Step, ...], Term], ...]
    paths: tuple[tuple[Step, ...], ...]


def shape_properties(shapes: GraphIndex, shape: Term) -> ShapeProperties:
    """What the shape and those inside it (by `sh:property`, `sh:node`, `sh:or`, `sh:and`) ask for, each once, in order."""
    classes: dict[Term, None] = {}
    fixed: dict[tuple[tuple[Step, ...], Term], None] = {}
    paths: dict[tuple[Step, ...], None] = {}
    for inner in _inside(shapes, shape, 0):
        path = shapes.value(inner, sh("path"))
        steps = path_steps(shapes, path) if path else ()
        values = shapes.objects(inner, sh("hasValue"))
        if steps and values:
            fixed |= dict.fromkeys((steps, value) for value in values)
        elif steps:
            paths[steps] = None
        else:
            classes |= dict.fromkeys(shapes.objects(inner, sh("class")))
    return ShapeProperties(tuple(classes), tuple(fixed), tuple(paths))


def _inside(shapes: GraphIndex, shape: Term, depth: int) -> Iterator[Term]:
    if depth > _DEEPEST:
        return
    yield shape
    members = [m for p in ("or", "and") for head in shapes.objects(shape, sh(p)) for m in shapes.collection(head)]
    for inner in (*shapes.objects(shape, sh("property")), *shapes.objects(shape, sh("node")), *members):
        yield from _inside(shapes, inner, depth + 1)


def path_steps(shapes: GraphIndex, path: Term) -> tuple[Step, ...]:
    """The steps of a path of properties, sequences and inverses; nothing for any other path."""
    if terms.is_iri(path):
        return ((False, path),)
    inverse = shapes.value(path, sh("inversePath"))
    if inverse:
        inner = path_steps(shapes, inverse)
        return tuple((not back, p) for back, p in reversed(inner))
    parts = [path_steps(shapes, member) for member in shapes.collection(path)]
    return tuple(step for part in parts for step in part) if all(parts) else ()


def steps_taken(graph: GraphIndex, shapes: GraphIndex, result: ValidationResult) -> tuple[Step, ...]:
    """The steps that led to a result: those of the shape's path and, where it leaves a choice of properties, the one with the value."""
    path = shapes.value(result.source_shape, sh("path"))
    if path is None:
        return ()
    head = shapes.value(path, sh("alternativePath"))
    if head is None:
        return path_steps(shapes, path)
    choices = (path_steps(shapes, choice) for choice in shapes.collection(head))
    return next((c for c in choices if c and result.value in values_at(graph, result.focus, c)), ())


def values_at(graph: GraphIndex, node: Term, steps: Sequence[Step]) -> tuple[Term, ...]:
    """The nodes that the steps lead to, each once, in order."""
    now = [node]
    for back, predicate in steps:
        found = (graph.subjects(predicate, n) if back else graph.objects(n, predicate) for n in now)
        now = list(dict.fromkeys(value for values in found for value in values))
    return tuple(now)


def candidates(graph: GraphIndex, nodes: Sequence[Term], wanted: ShapeProperties) -> tuple[Term, ...]:
    """The nodes that are of the class asked for and have the fixed values: those somebody may have meant."""
    kinds = with_subclasses(wanted.classes, graph)
    right_kind = [n for n in nodes if not kinds or kinds & set(graph.types(n))]
    return tuple(n for n in right_kind if all(value in values_at(graph, n, steps) for steps, value in wanted.fixed))
