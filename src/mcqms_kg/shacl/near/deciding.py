"""What Python decides of an expression: the commonest conditions as SQL does, others by evaluating them as SPARQL has it."""

from __future__ import annotations

from mcqms_kg.shacl.near import known
from mcqms_kg.shacl.near.said import Of
from mcqms_kg.shacl.near.sides import needs_search
from mcqms_kg.shacl.plans.plan import TERM, Call

_ONLY_PYTHON = frozenset({
    TERM, "cast", "replace", "substring", "before", "after", "with_datatype", "with_language", "encode", "iri", "round",
    "year", "month", "day", "hours", "minutes", "seconds", "zone", "md5", "sha1", "sha256", "sha384", "sha512",
})  # fmt: skip
"""Functions that SQL does not have."""


def decided(call: Call) -> Of | None:
    """What the expression says of the terms of its variables and constants, in order; nothing where only SQL can tell."""
    return (None if needs_search(call) else known.decided(call)) or _evaluated(call)


def _evaluated(call: Call) -> Of | None:
    from mcqms_kg.shacl.near.computing.evaluated import evaluated  # only where an expression is more than a comparison

    return evaluated(call)


def has_sql(part: object) -> bool:
    """Whether SQL has all functions of the expression."""
    if not isinstance(part, Call):
        return True
    return part.function not in _ONLY_PYTHON and all(map(has_sql, part.arguments))
