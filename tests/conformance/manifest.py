"""Reads the W3C data-shapes suite: every test with its graphs and the results it expects."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import Source, read_quads
from mcqms_kg.model import Term, Triple, ValidationReport, ValidationResult
from mcqms_kg.shacl.paths import path_text, read_path
from mcqms_kg.shacl.vocabulary import sh
from suites import SUITES

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_SHT = "http://www.w3.org/ns/shacl-test#"
_ENTRIES, _ACTION, _RESULT = (terms.iri(_MF + name) for name in ("entries", "action", "result"))
_FAILURE, _DATA, _SHAPES = (terms.iri(_SHT + name) for name in ("Failure", "dataGraph", "shapesGraph"))
_STATED = ("focusNode", "value", "resultSeverity", "sourceShape", "sourceConstraintComponent", "sourceConstraint")
Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Case:
    """One test: its name, data, shapes, and the results it expects, or nothing where validation must fail."""

    name: str
    data: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    expected: Counter[Row] | None


def suite() -> Path | None:
    """The folder of the suite, where it is."""
    tests = SUITES / "w3c-data-shapes" / "tests"
    return tests if tests.is_dir() else None


def cases(root: Path) -> list[Case]:
    """Every test of the suite, whether or not its folder's manifest names it."""
    found = (case for path in sorted(root.rglob("*.ttl")) for case in _cases(root, path))
    return sorted(found, key=lambda case: case.name)


def _cases(root: Path, path: Path) -> list[Case]:
    graph = GraphIndex(_load(path))
    tests = [test for head in _all_objects(graph, _ENTRIES) for test in graph.collection(head)]
    return [_case(path.relative_to(root).with_suffix("").as_posix(), graph, test) for test in tests]


def _all_objects(graph: GraphIndex, predicate: Term) -> list[Term]:
    return [value for subject in graph.all_subjects() for value in graph.objects(subject, predicate)]


def _case(name: str, graph: GraphIndex, test: Term) -> Case:
    action, result = graph.value(test, _ACTION), graph.value(test, _RESULT)
    assert action and result
    rows = None if result == _FAILURE else Counter(_expected(graph, r) for r in graph.objects(result, sh("result")))
    return Case(name, _graph(graph.value(action, _DATA)), _graph(graph.value(action, _SHAPES)), rows)


@lru_cache
def _load(path: Path) -> tuple[Triple, ...]:
    """Blank nodes have the same names each time, so that those of data, shapes and expected report agree."""
    quads = read_quads(Source(path, ox.RdfFormat.TURTLE, path.as_uri()))
    return tuple((s, p, o) for s, p, o, _ in quads)


def _graph(iri: Term | None) -> tuple[Triple, ...]:
    assert iri
    return _load(Path(unquote(urlparse(terms.iri_text(iri)).path)))


def _expected(graph: GraphIndex, result: Term) -> Row:
    """What the suite states of a result; a path is taken as text."""
    stated = [(name, str(value)) for name in _STATED for value in graph.objects(result, sh(name))]
    path = graph.value(result, sh("resultPath"))
    messages = " ".join(graph.objects(result, sh("resultMessage")))
    return (*stated, ("resultPath", path_text(read_path(graph, path)) if path else ""), ("resultMessage", messages))


def actual(report: ValidationReport, expected: Counter[Row]) -> Counter[Row]:
    """A report in the same form. Messages and `sh:sourceConstraint` count where the suite states them."""
    stated = {key for row in expected for key, value in row if value}
    return Counter(_found(result, stated) for result in report.results)


def _found(result: ValidationResult, stated: set[str]) -> Row:
    values = (
        result.focus,
        result.value,
        result.severity,
        result.source_shape,
        result.component,
        result.source_constraint if "sourceConstraint" in stated else None,
    )
    named = [(name, str(value)) for name, value in zip(_STATED, values, strict=True) if value is not None]
    messages = " ".join(result.messages) if "resultMessage" in stated else ""
    return (*named, ("resultPath", result.path or ""), ("resultMessage", messages))
