"""A shapes graph as the frozen model of `shapes`: the shapes that have targets, and every shape they lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.components import core_constraints
from mcqms_kg.shacl.components.component import Reading
from mcqms_kg.shacl.components.sparql_component import SparqlComponents
from mcqms_kg.shacl.components.sparql_constraint import sparql_constraints
from mcqms_kg.shacl.paths import read_path
from mcqms_kg.shacl.shape_names import shape_name
from mcqms_kg.shacl.shapes import Shape, Shapes, Target
from mcqms_kg.shacl.sparql.prefixes import query_text
from mcqms_kg.shacl.vocabulary import CLASS, OWL_CLASS, SUBCLASS, sh
from mcqms_kg.sparql.paths import Path

_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_QUERY = sh("target")
_SHAPE_CLASSES = (sh("NodeShape"), sh("PropertyShape"))


def parse(triples: Iterable[Triple]) -> Shapes:
    """The shapes of a graph. Raises `RulebookError` where a shape that is used is ill-formed."""
    graph = GraphIndex(triples)
    custom = SparqlComponents.read(graph)
    classes = _implicit_class_targets(graph)
    targeted = tuple(sorted(_targeted(graph) | classes))
    by_name: dict[Term, Shape] = {}
    waiting = list(targeted)
    while waiting:
        name = waiting.pop()
        if name not in by_name:
            by_name[name] = _shape(Reading(graph, name), custom, is_class=name in classes)
            waiting += (other for constraint in by_name[name].constraints for other in constraint.needs)
    return Shapes(graph, by_name, targeted)


def _targeted(graph: GraphIndex) -> set[Term]:
    return {
        subject
        for subject in graph.all_subjects()
        if any(graph.objects(subject, kind) for kind in (*map(sh, _TARGETS), _QUERY))
    }


def _implicit_class_targets(graph: GraphIndex) -> set[Term]:
    """Shapes that are classes too (section 2.1.3.3); every class of OWL is one, as OWL's own axioms and all other engines have it."""
    shapes = {shape for class_ in _SHAPE_CLASSES for shape in _instances(graph, class_)}
    classes = {*_instances(graph, CLASS), *_instances(graph, OWL_CLASS)}
    return {shape for shape in shapes & classes if terms.is_iri(shape)}


def _instances(graph: GraphIndex, class_: Term) -> Iterator[Term]:
    seen, waiting = {class_}, [class_]
    while waiting:
        narrower = waiting.pop()
        yield from graph.instances(narrower)
        new = set(graph.subjects(SUBCLASS, narrower)) - seen
        seen |= new
        waiting += new


def _shape(reading: Reading, custom: SparqlComponents, *, is_class: bool) -> Shape:
    path = reading.one("path")
    severity = reading.one("severity")
    return Shape(
        name=reading.shape,
        path=_path(reading, path) if path else None,
        targets=(*_targets(reading), *((Target("targetClass", reading.shape),) if is_class else ())),
        constraints=(*core_constraints(reading), *sparql_constraints(reading), *custom.constraints(reading)),
        severity=severity or sh("Violation"),
        messages=reading.all(sh("message")),
        deactivated=reading.is_true("deactivated"),
    )


def _path(reading: Reading, node: Term) -> Path:
    try:
        return read_path(reading.graph, node)
    except RulebookError as problem:
        raise RulebookError(
            f"{shape_name(reading.graph, reading.shape)}: {problem.what}", remedy=problem.remedy
        ) from problem


def _targets(reading: Reading) -> Iterator[Target]:
    for kind in _TARGETS:
        for value in reading.all(sh(kind)):
            if kind != "targetNode" and not terms.is_iri(value):
                raise RulebookError(
                    f"{shape_name(reading.graph, reading.shape)} has {value} as sh:{kind}", remedy="Name an IRI."
                )
            yield Target(kind, value)
    yield from (_by_query(reading, target) for target in reading.all(_QUERY))


def _by_query(reading: Reading, target: Term) -> Target:
    """A target that a SELECT query gives (SHACL-AF 3.1): a Note, and in use, so it runs; its other targets are refused."""
    selects = reading.graph.objects(target, sh("select"))
    if len(selects) != 1:
        raise RulebookError(
            f"The shape {reading.shape} has an sh:target that is no single sh:select",
            remedy="Target by node, class, property or one SELECT query.",
        )
    return Target("select", Term(query_text(reading.graph, target, terms.lexical(selects[0]), None)))
