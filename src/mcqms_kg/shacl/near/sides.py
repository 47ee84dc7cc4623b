"""What an expression is made of: its constants, its variables, and whether it needs a search beyond RE2."""

from __future__ import annotations

from typing import Any

from mcqms_kg.model import Term
from mcqms_kg.shacl.patterns import to_re2
from mcqms_kg.shacl.plans.plan import Call, Const, Var


def sides_of(part: object) -> list[Term | Var]:
    """The constants and the variables of an expression, in order."""
    if isinstance(part, Call):
        return [side for inner in part.arguments for side in sides_of(inner)]
    return [part.term] if isinstance(part, Const) else [part] if isinstance(part, Var) else []


def needs_search(expression: Any) -> bool:
    if not isinstance(expression, Call):
        return False
    if expression.function in ("matches", "regex"):
        _, pattern, flags = expression.arguments
        if to_re2(str(pattern), str(flags)) is None:
            return True
    return any(map(needs_search, expression.arguments))
