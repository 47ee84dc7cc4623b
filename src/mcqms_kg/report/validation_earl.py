"""A plain validation in EARL 1.0: an assertion for every target shape, and one for every result."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, ValidationReport, ValidationResult, sorted_results
from mcqms_kg.report.earl_assertions import assertion, outcome, software, tested
from mcqms_kg.report.turtle_text import Pair, block, document, statement, texts, written


def write(report: ValidationReport, language: str) -> str:  # noqa: ARG001  # messages keep their languages
    """Of a target shape that met no focus node nothing is told but that it is untested."""
    engines = ", ".join(sorted(set(report.engines.values())))
    failed = Counter(result.source_shape for result in report.results)
    statements = [software(version("mcqms-kg"), engines), statement(_DATA, [("a", ["earl:TestSubject"])])]
    statements += [_case(shape) for shape in sorted({*report.focus_nodes, *failed})]
    statements += [_untested(shape) for shape, met in sorted(report.focus_nodes.items()) if not met]
    statements += [_result(result) for result in sorted_results(report.results)]
    statements.append(_whole(report))
    return document(statements)


_DATA, _SHAPES = "_:all-data", "_:all-shapes"


def _case(shape: Term) -> str:
    return statement(written(shape), [("a", ["earl:TestCase"])])


def _untested(shape: Term) -> str:
    return assertion(_DATA, written(shape), block(_told("untested")))


def _result(result: ValidationResult) -> str:
    focus, about = tested(result.focus)
    said = [
        *_told("failed"),
        ("dcterms:description", [written(message) for message in result.messages]),
        ("earl:info", [terms.literal(terms.short(result.component))]),
    ]
    return about + "\n" + assertion(focus, written(result.source_shape), block(said))


def _whole(report: ValidationReport) -> str:
    """The data against all shapes together; where no shape met a node, nothing was tested."""
    name = ("passed" if report.conforms else "failed") if any(report.focus_nodes.values()) else "untested"
    shapes = statement(_SHAPES, [("a", ["earl:TestRequirement"]), ("dcterms:title", texts([("en", "All shapes")]))])
    return shapes + "\n" + assertion(_DATA, _SHAPES, block(_told(name)))


def _told(name: str) -> list[Pair]:
    return [("a", ["earl:TestResult"]), ("earl:outcome", [outcome(name)])]
