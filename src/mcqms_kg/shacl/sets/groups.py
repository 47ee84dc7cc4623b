"""Groups of rows, counted and added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.arithmetic import total
from mcqms_kg.shacl.near.kinds import Value, kinds
from mcqms_kg.shacl.near.question import LATER
from mcqms_kg.shacl.near.said import ASK
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.conditions import extended
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
    if call.function == p.TERM:
        return _as_terms(answering, plan, call.arguments[0], groups, rows)
    of = call.arguments[0] if call.arguments else None
    if call.function == "sum" and isinstance(of, p.Expression):
        return _sums(answering, plan, of, groups, rows)
    if call.function not in ("count", "count_distinct") or not isinstance(of, p.Var | None):
        raise Unsupported("An aggregate that is no count")
    return _counts(groups, rows, plan.plan.columns, of, call.function == "count_distinct")


def _as_terms(answering: Answering, plan: p.Group, of: object, groups: Rows, rows: Rows) -> _By:
    """The aggregate of each group as the number of a term; texts are read, and values computed, for all rows at once."""
    from mcqms_kg.shacl.near.computing import numbers  # only where an aggregate is told
    from mcqms_kg.shacl.near.computing.aggregates import AGGREGATES
    from mcqms_kg.shacl.near.computing.beyond import Beyond

    if not isinstance(of, p.Call):
        raise Unsupported("An aggregate of another form")
    if not of.arguments:
        return _numbered(answering, {key: numbers.as_term(size) for key, size in Counter(groups).items()})
    column = extended(answering, rows, plan.plan, _as_term(of.arguments[0]))
    texts = answering.questions.dictionary.texts(value for value in column if isinstance(value, int))
    members: defaultdict[Row, list[Term | None]] = defaultdict(list)
    for key, value in zip(groups, column, strict=True):
        members[key].append(None if value is None else texts[value])  # type: ignore[index]  # a number of a term
    try:
        found = {key: AGGREGATES[of.function](given) for key, given in members.items()}
    except Beyond as problem:
        raise Unsupported(str(problem)) from problem
    return _numbered(answering, found)


def _numbered(answering: Answering, found: Mapping[Row, Term | None]) -> _By:
    known = answering.questions.numbers_of_new({term for term in found.values() if term is not None})
    return {key: None if term is None else known[term] for key, term in found.items()}


def _as_term(expression: p.Expression | str | int) -> p.Expression:
    if isinstance(expression, p.Call):
        return p.Call(p.TERM, (expression,))
    if not isinstance(expression, p.Var | p.Const):
        raise Unsupported("An aggregate of another form")
    return expression


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
