"""What a road has decided, and what it leaves to SQL: whole target shapes, or some reporting shapes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.database import beyond_exact
from mcqms_kg.model import Term, ValidationReport, ValidationResult


@dataclass(frozen=True)
class Part:
    """What is known of a target shape, and the places of its reporting shapes that are left."""

    results: tuple[ValidationResult, ...]
    left: frozenset[int]


@dataclass(frozen=True)
class Decided:
    """Target shapes in the report are decided, those in `parts` partly, and all others are left."""

    report: ValidationReport
    parts: Mapping[Term, Part] = field(default_factory=dict)


def left_to_sql(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """What a road meets that only SQL can decide."""
    return (Unsupported, RecursionError, *others, *beyond_exact())


NOTHING = Decided(ValidationReport(True, ()))
