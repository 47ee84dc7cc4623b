"""Reads the manifests of the W3C data-shapes suite: every test with its graphs and the report it expects."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from mcqms_kg.graph.rdflib_bridge import to_term
from mcqms_kg.model import Triple, ValidationReport, ValidationResult
from mcqms_kg.shacl.path_text import path_text

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
_HERE = Path(__file__).resolve()
Row = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Case:
    """One test: its name, data, shapes, and the results it expects, or nothing where validation must fail."""

    name: str
    data: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    expected: Counter[Row] | None


def suite() -> Path | None:
    """The folder of the suite: under MCQMS_SUITES, or beside the repository."""
    given = os.environ.get("MCQMS_SUITES")
    folder = Path(given) if given else _HERE.parents[3] / "shared" / "suites"
    tests = folder / "w3c-data-shapes" / "tests"
    return tests if tests.is_dir() else None


def cases(root: Path) -> list[Case]:
    """Every approved test that the root manifest leads to."""
    found: dict[str, Case] = {}
    waiting = [root / "manifest.ttl"]
    while waiting:
        path = waiting.pop()
        graph = _load(path)
        waiting += [_path(included) for included in graph.objects(predicate=MF.include)]
        for entries in graph.objects(predicate=MF.entries):
            for test in Collection(graph, entries):
                case = _case(root, path, graph, test)
                found[case.name] = case
    return [found[name] for name in sorted(found)]


def _case(root: Path, path: Path, graph: rdflib.Graph, test: rdflib.term.Node) -> Case:
    action, result = graph.value(test, MF.action), graph.value(test, MF.result)
    expected = None if result == SHT.Failure else _expected(graph, result)
    return Case(
        name=path.relative_to(root).with_suffix("").as_posix(),
        data=_triples(graph.value(action, SHT.dataGraph)),
        shapes=_triples(graph.value(action, SHT.shapesGraph)),
        expected=expected,
    )


@lru_cache
def _load(path: Path) -> rdflib.Graph:
    """Kept, so that a blank node has one name in the data, the shapes and the expected report of a test."""
    rdflib.NORMALIZE_LITERALS = False
    try:
        return rdflib.Graph().parse(path, format="turtle", publicID=path.as_uri())
    finally:
        rdflib.NORMALIZE_LITERALS = True


def _path(iri: rdflib.term.Node | None) -> Path:
    return Path(unquote(urlparse(str(iri)).path))


def _triples(iri: rdflib.term.Node | None) -> tuple[Triple, ...]:
    return tuple((to_term(s), to_term(p), to_term(o)) for s, p, o in _load(_path(iri)))


def _expected(graph: rdflib.Graph, report: rdflib.term.Node | None) -> Counter[Row]:
    return Counter(_row(graph, result) for result in graph.objects(report, SH.result))


def _row(graph: rdflib.Graph, result: rdflib.term.Node) -> Row:
    """Every property of a result, blank nodes that only stand for a path taken as that path."""
    path = graph.value(result, SH.resultPath)
    found = {p: o for p, o in graph.predicate_objects(result) if p not in (RDF.type, SH.resultPath, SH.resultMessage)}
    row = {str(p): str(to_term(o)) for p, o in found.items()}
    messages = tuple(sorted(to_term(m) for m in graph.objects(result, SH.resultMessage)))
    return frozenset({**row, "path": path_text(graph, path) if path else "", "messages": " ".join(messages)}.items())


def actual(report: ValidationReport, expected: Counter[Row]) -> Counter[Row]:
    """A report in the same form. Messages and `sh:sourceConstraint` count where the suite states them."""
    stated = {key for row in expected for key, value in row if value}
    return Counter(_as_row(result, stated) for result in report.results)


def _as_row(result: ValidationResult, stated: set[str]) -> Row:
    row = {
        str(SH.focusNode): result.focus,
        str(SH.resultSeverity): result.severity,
        str(SH.sourceConstraintComponent): result.component,
        str(SH.sourceShape): result.source_shape,
        "path": result.path or "",
        "messages": " ".join(result.messages) if "messages" in stated else "",
    }
    if result.value is not None:
        row[str(SH.value)] = result.value
    if result.source_constraint is not None and str(SH.sourceConstraint) in stated:
        row[str(SH.sourceConstraint)] = result.source_constraint
    return frozenset((key, str(value)) for key, value in row.items())
