"""A report with some of its results replaced: sorted results stay sorted without sorting all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable

from mcqms_kg.model import Term, ValidationResult, sorted_results

Asked = tuple[Term, Term]
"""A reporting shape and a focus node."""


def replaced(
    before: tuple[ValidationResult, ...], asked: Collection[Asked], found: Iterable[ValidationResult]
) -> tuple[ValidationResult, ...]:
    """The sorted results before, with what was found instead of what the shapes reported of the nodes they were asked about."""
    anew: dict[Asked, list[ValidationResult]] = {one: [] for one in asked}
    for result in found:
        anew[_asked(result)].append(result)
    results: list[ValidationResult] = []
    done = 0
    for one in sorted(anew):
        begin = bisect_left(before, one, lo=done, key=_asked)
        results += before[done:begin]
        results += sorted_results(anew[one])
        done = bisect_right(before, one, lo=begin, key=_asked)
    return (*results, *before[done:])


def _asked(result: ValidationResult) -> Asked:
    return result.source_shape, result.focus
