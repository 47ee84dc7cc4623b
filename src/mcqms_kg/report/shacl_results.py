"""Validation results in the SHACL vocabulary, as Turtle text (SHACL section 3.6)."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.model import Term, ValidationResult
from mcqms_kg.report.turtle_text import Pair, block, path, written


def result_pairs(result: ValidationResult, messages: Iterable[str] = (), indent: int = 1) -> list[Pair]:
    """The property list of a result; `messages` stand in where the result has none of its own."""
    own = [written(m) for m in result.messages]
    return [
        ("a", ["sh:ValidationResult"]),
        ("sh:focusNode", [written(result.focus)]),
        ("sh:resultPath", _optional(path(result.path) if result.path else None)),
        ("sh:value", _term(result.value)),
        ("sh:sourceShape", [written(result.source_shape)]),
        ("sh:sourceConstraint", _term(result.source_constraint)),
        ("sh:sourceConstraintComponent", [written(result.component)]),
        ("sh:resultSeverity", [written(result.severity)]),
        ("sh:resultMessage", own or list(messages)),
        ("sh:detail", [block(result_pairs(d, indent=indent + 1), indent) for d in result.details]),
    ]


def _term(term: Term | None) -> list[str]:
    return _optional(written(term) if term else None)


def _optional(text: str | None) -> list[str]:
    return [text] if text else []
