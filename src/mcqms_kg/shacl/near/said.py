"""What a condition may answer about terms: a truth value, a value, nothing, or that SQL must be asked."""

from __future__ import annotations

from collections.abc import Callable

from mcqms_kg.model import Term

ASK = object()
"""Said instead of an answer: SQL must be asked."""

Of = Callable[[tuple[Term | None, ...]], object]
"""What a condition says of some terms; a column that is unbound has none."""
