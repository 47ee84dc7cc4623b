"""Walks through a query, as it is written or as its algebra."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.sparql.expressions import Variable


def parts(node: object) -> Iterator[Any]:
    """Every value in a query, the outer ones first; terms, names and numbers are none."""
    waiting = [node]
    while waiting:
        now = waiting.pop()
        if isinstance(now, tuple):
            waiting += reversed(now)
        elif fields := getattr(now, "__match_args__", None):
            yield now
            waiting += [getattr(now, name) for name in reversed(fields)]


def variables(node: object) -> set[str]:
    """The name of every variable that a part of a query mentions."""
    return {part.name for part in parts(node) if isinstance(part, Variable)}
