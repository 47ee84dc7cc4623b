"""Groups of rows, counted and added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.near.arithmetic import total
from mcqms_kg.shacl.near.kinds import Value, kinds
from mcqms_kg.shacl.near.question import LATER
from mcqms_kg.shacl.near.said import ASK
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.rows import Row, Rows, Wanted, picked

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering

_By = Mapping[Row, Value]
"""What an aggregate gives for each group."""


def _group(answering: Answering, plan: p.Group, wanted: Wanted) -> Rows:
    """Raises `Unsupported` for what only SQL adds up."""
    if not plan.keys:
        raise Unsupported("An aggregate of everything")
    inner = {name: values for name, values in wanted.items() if name in plan.keys}
    rows = answering.rows(plan.plan, inner)
    groups = picked(rows, plan.plan.columns, plan.keys)
    found = [_aggregate(answering, plan, call, groups, rows) for _, call in plan.aggregates]
    return [(*key, *(by[key] for by in found)) for key in dict.fromkeys(groups)]


def _aggregate(answering: Answering, plan: p.Group, call: p.Call, groups: Rows, rows: Rows) -> _By:
    of = call.arguments[0] if call.arguments else None
    if call.function == "sum" and isinstance(of, p.Expression):
        return _sums(answering, plan, of, groups, rows)
    if call.function not in ("count", "count_distinct") or not isinstance(of, p.Var | None):
        raise Unsupported("An aggregate that is no count")
    return _counts(groups, rows, plan.plan.columns, of, call.function == "count_distinct")


def _counts(groups: Rows, rows: Rows, columns: Sequence[str], of: p.Var | None, different: bool) -> Counter[Any]:
    if of is None:
        return Counter(groups)
    place = columns.index(of.name)
    pairs = [(key, row[place]) for key, row in zip(groups, rows, strict=True) if row[place] is not None]
    return Counter(key for key, _ in (set(pairs) if different else pairs))


def _sums(answering: Answering, plan: p.Group, of: p.Expression, groups: Rows, rows: Rows) -> _By:
    read = answering.questions.summand(of, kinds(plan.plan))
    if read is None:
        raise Unsupported("A sum of what only SQL computes")
    numbers: defaultdict[Row, list[Value]] = defaultdict(list)
    for key, row in zip(groups, rows, strict=True):
        numbers[key].append(read(dict(zip(plan.plan.columns, row, strict=True))))
    found = {key: total(values) for key, values in numbers.items()}
    if any(one in (ASK, LATER) for one in found.values()):
        raise Unsupported("A sum that is not exact")
    return found


ANSWERS: Mapping[type, Callable[[Any, Any, Wanted], Rows]] = {p.Group: _group}
