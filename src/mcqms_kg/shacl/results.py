"""Rows that an engine found, as the results of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from mcqms_kg.model import Term, ValidationResult
from mcqms_kg.shacl.messages import filled
from mcqms_kg.shacl.messages import told as told_by
from mcqms_kg.shacl.paths import path_text
from mcqms_kg.shacl.planning.planner import Reported

Row = tuple[int, int, str, str | None, str | None, list[int | None] | None]
"""A result: which report, which constraint in it, focus, value, path, and the numbers of what messages tell."""


def as_results(
    reported: Sequence[tuple[Reported, ...]], rows: Iterable[Row], told: Mapping[int, Term]
) -> Iterator[ValidationResult]:
    """The results of rows that a query found."""
    like = {(n, place): _template(one) for n, group in enumerate(reported) for place, one in enumerate(group)}
    for report, place, focus, value, path, names in rows:
        found = _result(like[report, place], focus, value, path)
        if names:
            terms = [None if number is None else told.get(number) for number in names]
            found = _telling(found, reported[report][place], terms)
        yield found


def _template(reported: Reported) -> dict[str, Any]:
    """What all results of a constraint have in common."""
    shape, constraint = reported.shape, reported.constraint
    return vars(
        ValidationResult(
            focus=Term(""),
            component=constraint.component,
            source_shape=shape.name,
            severity=shape.severity,
            path=None if shape.path is None else path_text(shape.path),
            source_constraint=constraint.source,
            messages=filled(constraint.messages, dict(constraint.parameters)) or shape.messages,
        )
    )


def _result(like: dict[str, Any], focus: str, value: str | None, path: str | None) -> ValidationResult:
    """Made without the constructor of a frozen class, which takes ten times as long: results may be millions."""
    fields = like.copy()
    fields["focus"] = focus
    fields["value"] = value
    if path:
        fields["path"] = path
    found = object.__new__(ValidationResult)
    object.__setattr__(found, "__dict__", fields)
    return found


def _telling(found: ValidationResult, reported: Reported, told: list[Term | None]) -> ValidationResult:
    names = zip(reported.constraint.placeholders, told, strict=True)
    return replace(found, messages=told_by(found.messages, {name: term for name, term in names if term}))
