"""Joins on variables that may be unbound, which agree with anything: one join for each case of what is bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import product

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.plan import Call, Distinct, Drop, Filter, Join, Named, Optional, Plan, Select, Var, union
from mcqms_kg.shacl.sparql.aggregates import columns_of
from mcqms_kg.shacl.sparql.basic import Pattern, joined

Name = Callable[[str, Plan], Named]
_MOST = 3


def cases(pattern: Pattern, names: Iterable[str], name: Name) -> Iterator[Pattern]:
    """The rows by which of these variables they bind: in each case a variable is certain, or no column at all."""
    maybe = sorted(set(names) & set(pattern.plan.columns) - pattern.certain)
    if len(maybe) > _MOST:
        raise Unsupported("A join on many variables that may be unbound")
    rows = name("cases", pattern.plan) if maybe else pattern.plan
    for bound in product((True, False), repeat=len(maybe)):
        plan = rows
        for variable, is_bound in zip(maybe, bound, strict=True):
            told = Call("bound", (Var(variable),))
            plan = Filter(plan, told if is_bound else Call("not", (told,)))
        kept = {variable for variable, is_bound in zip(maybe, bound, strict=True) if is_bound}
        columns = [c for c in pattern.plan.columns if c in kept or c not in maybe]
        plan = select(plan, columns) if maybe else plan
        yield replace(pattern, plan=plan, certain=pattern.certain | kept)


def join(left: Pattern, right: Pattern, name: Name) -> Pattern:
    """The rows of both sides that are compatible (SPARQL 1.1, 18.5)."""
    _refuse_mixed(left, right)
    parts = [
        joined(one.plan, other.plan)
        for one in cases(left, right.plan.columns, name)
        for other in cases(right, left.plan.columns, name)
    ]
    return Pattern(union(*parts), left.certain | right.certain, {**left.computed, **right.computed})


def left_join(left: Pattern, right: Pattern, name: Name) -> Pattern:
    """The rows of the left side, with those of the right that are compatible, or alone."""
    _refuse_mixed(left, right)
    parts = [_extended(one, right, name) for one in cases(left, right.plan.columns, name)]
    return Pattern(union(*parts), left.certain, {**left.computed, **right.computed})


def _extended(left: Pattern, right: Pattern, name: Name) -> Plan:
    others = list(cases(right, left.plan.columns, name))
    if len(others) == 1:
        return Optional(left.plan, others[0].plan)
    rows = name("rows", left.plan)
    matches = name("matches", union(*(joined(rows, other.plan) for other in others)))
    shared = [c for c in left.plan.columns if c in right.plan.columns]
    return union(matches, Drop(rows, Distinct(select(matches, shared))))


def matching(rows: Plan, shared: list[str], inner: Pattern, name: Name) -> Plan:
    """The values of the shared columns, all of them certain in the rows, for which the inner pattern has a row."""
    others = list(cases(inner, shared, name))
    if len(others) == 1:
        return select(others[0].plan, shared)
    asked = Distinct(select(rows, shared))
    return union(*(select(Join(asked, other.plan), shared) for other in others))


def select(plan: Plan, columns: Iterable[str]) -> Plan:
    return Select(plan, tuple((column, column) for column in columns))


def mixed(one: Pattern, other: Pattern) -> set[str]:
    """What one side computes and the other side knows too, or computes from variables that the other side may bind."""
    known = {*other.plan.columns, *other.computed}
    return {
        name
        for name, expression in one.computed.items()
        if name in known or (set(columns_of(expression)) - one.certain) & set(other.plan.columns)
    }


def _refuse_mixed(left: Pattern, right: Pattern) -> None:
    """What BIND computes is no column to join on."""
    if mixed(left, right) | mixed(right, left):
        raise Unsupported("A join on a computed value")
