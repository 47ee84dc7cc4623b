"""What a SHACL engine says: results and a report (SHACL section 3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.model.rdf import Term


@dataclass(frozen=True)
class ValidationResult:
    """One `sh:ValidationResult` at the top level of a report (SHACL section 3.6.2).

    `path` is the SHACL path in SPARQL syntax with full IRIs; `severity` is an IRI term because shapes may define their own;
    `messages` are the report's `sh:resultMessage` literals. Nested `sh:detail` results are kept in `details`.
    """

    focus: Term
    component: Term
    source_shape: Term
    severity: Term
    path: str | None = None
    value: Term | None = None
    source_constraint: Term | None = None
    messages: tuple[Term, ...] = ()
    details: tuple[ValidationResult, ...] = ()


@dataclass(frozen=True)
class ValidationReport:
    """What an engine says of a data graph under a shapes graph.

    `focus_nodes` maps each target shape to the number of distinct focus nodes its targets met; `engines` maps each target shape to the name
    of the engine that decided it. `passed_over` names terms of the shapes that look like constraints and that nobody checked.
    """

    conforms: bool
    results: tuple[ValidationResult, ...]
    focus_nodes: Mapping[Term, int] = field(default_factory=dict)
    engines: Mapping[Term, str] = field(default_factory=dict)
    passed_over: tuple[Term, ...] = ()


def sorted_results(results: Iterable[ValidationResult]) -> tuple[ValidationResult, ...]:
    """Results in one fixed order, so that two runs give the same bytes."""
    by_shape: dict[Term, list[ValidationResult]] = {}
    for result in results:
        by_shape.setdefault(result.source_shape, []).append(result)
    return tuple(result for shape in sorted(by_shape) for result in sorted(by_shape[shape], key=_place_in_shape))


def _place_in_shape(result: ValidationResult) -> tuple[str, ...]:
    return result.focus, result.path or "", result.value or "", result.component
