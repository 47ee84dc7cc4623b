"""Conditions on all rows at once: what numbers of terms and values tell. Else Python or SQL is asked about rows that differ."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.shacl.arrays.sets import Mask, Numbers, is_among
from mcqms_kg.shacl.arrays.table import NONE, Table, numbers
from mcqms_kg.shacl.arrays.values import FALSE, TRUE, UNKNOWN, Said
from mcqms_kg.shacl.near.kinds import Kinds
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Var

if TYPE_CHECKING:
    from mcqms_kg.shacl.arrays.answering import Answering

_TO_RIGHT = {"less": "below", "less_or_equal": "at_most", "greater": "above", "greater_or_equal": "at_least"}
_TO_LEFT = {"less": "above", "less_or_equal": "at_least", "greater": "below", "greater_or_equal": "at_most"}
"""How a variable compares with a constant that stands to its right or to its left."""
_OF_TAG: Mapping[str, Callable[[Numbers], Mask]] = {
    "is_iri": lambda tag: tag == tags.IRI,
    "is_blank": lambda tag: tag == tags.BLANK,
    "is_literal": lambda tag: tag >= tags.STRING,
    "is_tagged": lambda tag: tag == tags.LANGUAGE,
}
_COUNTS: Mapping[str, Callable[[Any, Any], Any]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "exactly": operator.eq,
}


def said(answering: Answering, table: Table, expression: Expression, kinds: Kinds) -> Said:
    """What a condition says of each row. Raises `Unsupported` where only a query of the whole plan can tell."""
    known = _known(answering, table, expression, kinds)
    if known is not None:
        return known
    if isinstance(expression, Call) and expression.function in _LOGICAL and kinds:
        return _logical(expression, [said(answering, table, part, kinds) for part in expression.arguments])  # type: ignore[arg-type]  # expressions here
    return answering.asked.truths(table, expression, kinds)


def _known(answering: Answering, table: Table, expression: Expression, kinds: Kinds) -> Said | None:
    """Nothing where some part of the condition is only known in SQL."""
    if not isinstance(expression, Call):
        return None
    if expression.function in _LOGICAL:
        parts = [_known(answering, table, part, kinds) for part in expression.arguments]  # type: ignore[arg-type]  # expressions here
        return None if any(part is None for part in parts) else _logical(expression, parts)  # type: ignore[arg-type]  # none is absent
    known = _on_arrays(answering, table, expression, kinds)
    return answering.asked.known(table, expression, kinds) if known is None else known


def _on_arrays(answering: Answering, table: Table, expression: Call, kinds: Kinds) -> Said | None:
    """What numbers of terms and values of literals tell."""
    first, *others = expression.arguments or (None,)
    if isinstance(first, Const) and len(others) == 1 and isinstance(others[0], Var):
        comparison, first, others = _TO_LEFT.get(expression.function), others[0], [first]
    else:
        comparison = _TO_RIGHT.get(expression.function)
    if not isinstance(first, Var) or first.name not in table.columns:
        return None
    column = table.columns[first.name]
    if first.name in kinds:
        return _of_number(expression, column) if kinds[first.name] == "number" else None
    if comparison:
        return _compared(answering, table, column, comparison, others[0], kinds)
    return _of_term(answering, column, expression.function, others)


def _logical(call: Call, parts: list[Said]) -> Said:
    if call.function == "not":
        return np.where(parts[0] == UNKNOWN, UNKNOWN, np.where(parts[0] == TRUE, FALSE, TRUE)).astype(np.int8)
    if call.function == "is_not_true":
        return _of_mask(parts[0] != TRUE)
    found: Said = (np.minimum if call.function == "and" else np.maximum).reduce(parts)
    return found


_LOGICAL = ("not", "is_not_true", "and", "or")


def _of_number(call: Call, column: Numbers) -> Said | None:
    if call.function not in _COUNTS:
        return None
    return _unless_unbound(column, _COUNTS[call.function](column, call.arguments[1]))


def _compared(
    answering: Answering, table: Table, column: Numbers, comparison: str, other: object, kinds: Kinds
) -> Said | None:
    if isinstance(other, Const):
        return answering.held.values().compared(column, comparison, other.term)
    if isinstance(other, Var) and other.name in table.columns and other.name not in kinds:
        return answering.held.values().ordered(column, table.columns[other.name], comparison)
    return None


def _of_term(answering: Answering, column: Numbers, function: str, others: list[Any]) -> Said | None:
    """What the number of a term tells of it."""
    if function in _OF_TAG:
        return _unless_unbound(column, _OF_TAG[function](column >> tags.SHIFT))
    if function == "bound":
        return _of_mask(column != NONE)
    if function == "has_datatype" and others[0] in tags.TAGS:
        return _unless_unbound(column, column >> tags.SHIFT == tags.TAGS[others[0]])
    if function == "is_well_formed":
        return _is_well_formed(answering, column, others[0])
    if not all(isinstance(other, Const) for other in others):
        return None
    if function in ("in", "not_in", "same_term"):
        among = is_among(column, numbers(answering.number(other.term) for other in others))
        return _unless_unbound(column, among != (function == "not_in"))
    if function in ("equal", "unequal") and not terms.is_literal(others[0].term):
        return _unless_unbound(column, (column == answering.number(others[0].term)) == (function == "equal"))
    return None


def _is_well_formed(answering: Answering, column: Numbers, datatype: str) -> Said:
    is_valued = tags.TAGS.get(datatype, 0) in tags.VALUED
    wrong = answering.held.values().ill_formed if is_valued else np.empty(0, np.int64)
    return _unless_unbound(column, ~is_among(column, wrong)) if len(wrong) else np.full(len(column), TRUE, np.int8)


def _of_mask(mask: Mask) -> Said:
    return np.where(mask, TRUE, FALSE).astype(np.int8)


def _unless_unbound(column: Numbers, mask: Mask) -> Said:
    return np.where(column == NONE, UNKNOWN, np.where(mask, TRUE, FALSE)).astype(np.int8)
