"""The reference engine: pySHACL, run shape by shape so that focus nodes are counted and progress can be told."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import rdflib
import rdflib.plugins.sparql
from pyshacl.graph_abstraction import DataGraph
from pyshacl.monkey import apply_patches
from pyshacl.validator import Validator
from rdflib.namespace import SH
from rdflib.term import Node

from mcqms_kg.errors import McqmsError, RulebookError
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.rdflib_bridge import to_graph, to_term
from mcqms_kg.model import Term, Triple, ValidationReport, ValidationResult, sorted_results
from mcqms_kg.shacl.guard import refuse_advanced, refuse_remote_sparql
from mcqms_kg.shacl.paths import path_text, read_path
from mcqms_kg.shacl.reference.bounded import bound_regular_expressions
from mcqms_kg.shacl.reference.ill_typed import take_ill_typed_dates_for_errors
from mcqms_kg.shacl.reference.prepared import read_queries_once
from mcqms_kg.shacl.reference.queries import readable

rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # its FROM would fetch URLs and read local files

NAME = "reference"
MAX_DEPTH = 50

Progress = Callable[[int, int, Term], None]
"""Told before each target shape: how many are done, how many there are, and which comes now."""


def validate(
    data: Iterable[Triple],
    shapes: Iterable[Triple],
    *,
    progress: Progress | None = None,
    only: Collection[Term] | None = None,
) -> ValidationReport:
    """The report of pySHACL on the data under the shapes, or `only` these target shapes (no inference, no imports).

    Raises `RulebookError` where the shapes are ill-formed or a SPARQL constraint reaches outside the data.
    """
    shapes = tuple(shapes)
    refuse_remote_sparql(shapes)
    refuse_advanced(shapes)
    bound_regular_expressions()
    take_ill_typed_dates_for_errors()
    read_queries_once()
    apply_patches()  # type: ignore[no-untyped-call]  # what pySHACL itself does before a run
    try:
        with warnings.catch_warnings(), _quiet():
            warnings.simplefilter("ignore")
            return _run(to_graph(data), to_graph(readable(shapes)), progress, only)
    except McqmsError:
        raise
    except Exception as problem:  # rdflib raises plain Exception for unknown prefixes, and pyparsing its own
        raise RulebookError(
            f"The shapes cannot be used: {_first_line(problem)}", remedy="Mend the shape and validate again."
        ) from problem


@contextmanager
def _quiet() -> Iterator[None]:
    """rdflib writes a traceback for every ill-formed literal it meets; the report says what is wrong with them."""
    log = logging.getLogger("rdflib.term")
    before = log.disabled
    log.disabled = True
    try:
        yield
    finally:
        log.disabled = before


def _run(
    data: rdflib.Graph, shapes: rdflib.Graph, progress: Progress | None, only: Collection[Term] | None
) -> ValidationReport:
    validator = Validator(
        DataGraph.from_rdflib(data),
        shacl_graph=shapes,
        options={"inplace": True, "max_validation_depth": MAX_DEPTH},
    )
    validator._target_graph = validator.data_graph
    executor = validator.make_executor()
    asked = (s for s in validator.shacl_graph.shapes if only is None or to_term(s.node) in only)
    targeted = sorted(filter(_has_target, asked), key=lambda s: str(s.node))
    focus_nodes: dict[Term, int] = {}
    reports: list[Any] = []
    for done, shape in enumerate(targeted):
        name = to_term(shape.node)
        if progress:
            progress(done, len(targeted), name)
        if shape.deactivated:
            continue
        focus_nodes[name] = len(set(shape.focus_nodes(validator.data_graph)))
        reports += shape.validate(executor, validator.data_graph)[1]
    graph, _ = Validator.create_validation_report(validator.shacl_graph, not reports, reports)
    index = GraphIndex((to_term(s), to_term(p), to_term(o)) for s, p, o in graph)
    results = sorted_results(_result(graph, index, node) for node in graph.objects(predicate=SH.result))
    return ValidationReport(not results, results, focus_nodes, dict.fromkeys(focus_nodes, NAME))


def _has_target(shape: Any) -> bool:
    return any(tuple(kind) for kind in shape.target())


def _result(graph: rdflib.Graph, index: GraphIndex, node: Node) -> ValidationResult:
    def one(predicate: Node) -> Term | None:
        found = graph.value(node, predicate)
        return None if found is None else to_term(found)

    def needed(predicate: Node) -> Term:
        found = one(predicate)
        if found is None:
            raise RulebookError(f"pySHACL gave a result without {predicate}")
        return found

    path = graph.value(node, SH.resultPath)
    return ValidationResult(
        focus=needed(SH.focusNode),
        component=needed(SH.sourceConstraintComponent),
        source_shape=needed(SH.sourceShape),
        severity=needed(SH.resultSeverity),
        path=None if path is None else path_text(read_path(index, to_term(path))),
        value=one(SH.value),
        source_constraint=one(SH.sourceConstraint),
        messages=tuple(sorted(to_term(m) for m in graph.objects(node, SH.resultMessage))),
        details=tuple(_result(graph, index, d) for d in sorted(graph.objects(node, SH.detail), key=str)),
    )


def _first_line(problem: Exception) -> str:
    return (str(problem) or type(problem).__name__).strip().splitlines()[0]
