"""An expression with its answers so far, by the terms it was asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.kinds import Value
from mcqms_kg.shacl.near.said import ASK
from mcqms_kg.shacl.plans.plan import Expression

LATER = object()
"""Said instead of an answer: a text must be read first."""


@dataclass
class Question:
    """An expression, what it said of the terms it was asked about, and the terms it is still to be asked about in SQL."""

    expression: Expression
    names: tuple[str, ...]
    is_condition: bool
    sql: str = ""
    known: Callable[[tuple[Value, ...]], object] | None = None
    of_terms: bool = True
    """Whether it is about terms alone, so that SQL can be asked."""
    answers: dict[tuple[Value, ...], Value] = field(default_factory=dict)
    waiting: dict[tuple[Value, ...], None] = field(default_factory=dict)

    def read(self, row: Mapping[str, Value]) -> Value:
        key = tuple([row.get(name) for name in self.names])
        if key not in self.answers:
            said = self.known(key) if self.known else ASK
            if said is ASK and not self.of_terms:
                raise Unsupported("A condition on what is computed")
            if said is ASK:
                self.waiting[key] = None
                return None
            if said is LATER:
                return None
            self.answers[key] = said  # type: ignore[assignment]  # a truth or nothing
        return self.answers[key]
