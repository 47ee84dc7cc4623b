"""What a change can touch: from the plan of a query, the plan of the rows that may differ once some statements come or go.

Two readings of every plan, both by the rules of semi-naive evaluation and both on the graph that holds old and new statements together:
`every` holds each row that the plan has before or after the change, and perhaps more; `differing` holds each row whose number differs.
A negation (`Drop`) counts as passed in the first and as asked in the second, so no row is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatchmethod

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.plan import Plan, pick
from mcqms_kg.values import Value, replaced


@dataclass(frozen=True)
class AnyNode:
    """Any node at all, the same in every column: what stands for the focus nodes until something else tells which."""

    columns: tuple[str, ...]


Rows = Plan | AnyNode


def statements(plan: object) -> Iterator[p.Triples]:
    """The patterns of data statements in a plan; the targets of its focus nodes stand apart."""
    if isinstance(plan, p.Exists):
        raise Unsupported("EXISTS inside an expression")
    if isinstance(plan, p.Answers):
        raise Unsupported("A question to the embedded store")
    if isinstance(plan, p.Named) and plan.stored:
        return
    if isinstance(plan, p.Triples):
        if plan.graph == "triple":
            yield plan
    elif isinstance(plan, tuple):
        for part in plan:
            yield from statements(part)
    elif isinstance(plan, Value):
        for name in plan.__match_args__:
            yield from statements(getattr(plan, name))


@dataclass
class Touched:
    """Reads the plans of one target shape: `matched` are the patterns that some changed statement fits."""

    targets: Plan
    matched: frozenset[p.Triples]
    targets_differ: bool
    known: dict[str, Plan | None] = field(default_factory=dict)

    def focus(self, plan: Plan) -> Plan | None:
        """Column `focus`: the focus nodes whose rows may differ, if there can be any."""
        found = self.differing(plan)
        return None if found is None else p.Distinct(pick(found, focus="focus"))

    @singledispatchmethod
    def every(self, plan: Plan) -> Rows:
        return plan

    @every.register
    def _(self, plan: p.Named) -> Rows:
        return AnyNode(plan.columns) if plan.stored else self.every(plan.plan)

    @every.register
    def _(self, plan: p.Join) -> Rows:
        return self.joined(self.every(plan.left), self.every(plan.right))

    @every.register
    def _(self, plan: p.Keep) -> Rows:
        left = self.every(plan.left)
        return left if isinstance(left, AnyNode) else self._kept(left, plan)

    @every.register
    def _(self, plan: p.Drop) -> Rows:
        return self.every(plan.left)

    @every.register
    def _(self, plan: p.Optional) -> Rows:
        left = self.every(plan.left)
        return p.Union((self.grounded(self.joined(left, self.every(plan.right))), self.grounded(left)))

    @every.register
    def _(self, plan: p.Union) -> Rows:
        return _united([(part, self.grounded(self.every(part))) for part in plan.parts])

    @every.register
    def _(self, plan: p.Distinct) -> Rows:
        inner = self.every(plan.plan)
        return inner if isinstance(inner, AnyNode) else p.Distinct(inner)

    @every.register
    def _(self, plan: p.Select) -> Rows:
        inner = self.every(plan.plan)
        if isinstance(inner, AnyNode) and {old for _, old in plan.picked} <= set(inner.columns):
            return AnyNode(plan.columns)
        return _picked(self.grounded(inner), plan)

    @every.register
    def _(self, plan: p.Filter) -> Rows:
        inner = self.every(plan.plan)
        return inner if isinstance(inner, AnyNode) else _filtered(inner, plan)

    @every.register
    def _(self, plan: p.Extend) -> Rows:
        return _extended(self.grounded(self.every(plan.plan)), plan)

    @every.register
    def _(self, plan: p.Group) -> Rows:
        return _keys(self.grounded(self.every(plan.plan)), plan)

    @every.register
    def _(self, plan: p.Reach) -> Rows:
        return p.Reach(self.grounded(self.every(plan.start)), self.grounded(self.every(plan.step)))

    @singledispatchmethod
    def differing(self, _: Plan) -> Plan | None:
        return None

    @differing.register
    def _(self, plan: p.Triples) -> Plan | None:
        return replaced(plan, graph=p.CHANGED) if plan in self.matched else None

    @differing.register
    def _(self, plan: p.Named) -> Plan | None:
        if plan.stored:
            return p.Named(p.MOVED, plan.plan, stored=True) if self.targets_differ else None
        if plan.name not in self.known:
            found = self.differing(plan.plan)
            self.known[plan.name] = found if found is None else p.Named(f"{plan.name}_differing", found)
        return self.known[plan.name]

    @differing.register
    def _(self, plan: p.Join) -> Plan | None:
        return _merged(*self._either_side(plan))

    @differing.register
    def _(self, plan: p.Keep) -> Plan | None:
        left = self.differing(plan.left)
        return _merged(left and self._kept(left, plan), self._asked_anew(plan))

    def _kept(self, left: Plan, plan: p.Keep) -> Plan:
        """Without the rows that agree with nothing on the right side, neither before the change nor after it."""
        right = self.every(plan.right)
        shared = set(left.columns) & set(right.columns)
        return left if isinstance(right, AnyNode) or not shared else p.Keep(left, right)

    @differing.register(p.Drop)
    @differing.register(p.Optional)
    def _(self, plan: p.Drop | p.Optional) -> Plan | None:
        """What is optional extends rows of the left side; in which columns, is lost."""
        return _merged(self.differing(plan.left), self._asked_anew(plan))

    @differing.register
    def _(self, plan: p.Union) -> Plan | None:
        parts = [(part, found) for part in plan.parts if (found := self.differing(part))]
        return _united(parts) if parts else None

    @differing.register
    def _(self, plan: p.Distinct) -> Plan | None:
        inner = self.differing(plan.plan)
        return inner and p.Distinct(inner)

    @differing.register
    def _(self, plan: p.Select) -> Plan | None:
        inner = self.differing(plan.plan)
        return inner and _picked(inner, plan)

    @differing.register
    def _(self, plan: p.Filter) -> Plan | None:
        inner = self.differing(plan.plan)
        return inner and _filtered(inner, plan)

    @differing.register
    def _(self, plan: p.Extend) -> Plan | None:
        inner = self.differing(plan.plan)
        return inner and _extended(inner, plan)

    @differing.register
    def _(self, plan: p.Group) -> Plan | None:
        inner = self.differing(plan.plan)
        return inner and _keys(inner, plan)

    @differing.register
    def _(self, plan: p.Reach) -> Plan | None:
        start, step = self.differing(plan.start), self.differing(plan.step)
        begun = _merged(start, step and self._through(plan, step))
        return begun and p.Reach(begun, self.grounded(self.every(plan.step)))

    def _through(self, plan: p.Reach, step: Plan) -> Plan:
        """Pairs that take a changed step: found backwards from it, for few steps change."""
        steps = self.grounded(self.every(plan.step))
        back = p.Reach(pick(step, focus="here", value="here"), pick(steps, here="there", there="here"))
        begun = self.joined(pick(back, here="focus", value="value"), self.every(plan.start))
        through = self.joined(pick(self.grounded(begun), focus="focus", here="here"), step)
        return pick(self.grounded(through), focus="focus", value="there")

    def _either_side(self, plan: p.Join) -> tuple[Plan | None, Plan | None]:
        left, right = self.differing(plan.left), self.differing(plan.right)
        return (
            left and self.grounded(self.joined(left, self.every(plan.right))),
            right and self.grounded(self.joined(right, self.every(plan.left))),
        )

    def _asked_anew(self, plan: p.Keep | p.Drop | p.Optional) -> Plan | None:
        """Rows of the left side for which the right side may answer otherwise."""
        asked = self.differing(plan.right)
        if asked is None:
            return None
        left = self.every(plan.left)
        return pick(self.grounded(self.joined(asked, left)), **{c: c for c in left.columns})

    def joined(self, one: Rows, other: Rows) -> Rows:
        """A join; any node is the node that the other side tells."""
        if isinstance(one, AnyNode):
            one, other = other, one
        if isinstance(one, AnyNode) and isinstance(other, AnyNode) and set(one.columns) & set(other.columns):
            return AnyNode(tuple(dict.fromkeys((*one.columns, *other.columns))))
        told = [c for c in other.columns if c in one.columns]
        if isinstance(other, AnyNode) and told and not isinstance(one, AnyNode):
            return pick(one, **{c: c for c in one.columns}, **{c: told[0] for c in other.columns if c not in told})
        return p.Join(self.grounded(one), self.grounded(other))

    def grounded(self, rows: Rows) -> Plan:
        """Where nothing tells which node, every focus node before or after the change."""
        return pick(self.targets, **dict.fromkeys(rows.columns, "focus")) if isinstance(rows, AnyNode) else rows


def _merged(*parts: Plan | None) -> Plan | None:
    """Rows of several readings of one plan, in the columns that all have kept."""
    found = [part for part in parts if part is not None]
    kept = [c for c in found[0].columns if all(c in part.columns for part in found)] if found else []
    return p.union(*(pick(part, **{c: c for c in kept}) for part in found)) if found else None


def _united(parts: list[tuple[Plan, Plan]]) -> Plan:
    """A column that one part computed and lost is lost for all; one that it never had stays unbound."""
    lost = {c for before, after in parts for c in before.columns if c not in after.columns}
    return p.union(*(pick(after, **{c: c for c in after.columns if c not in lost}) for _, after in parts))


def _picked(inner: Plan, plan: p.Select) -> Plan:
    return pick(inner, **{new: old for new, old in plan.picked if old in inner.columns})


def _filtered(inner: Plan, plan: p.Filter) -> Plan:
    """Only conditions on the terms themselves are kept: they are cheap, and mostly `sh:closed`."""
    condition = plan.condition
    if isinstance(condition, p.Call) and condition.function in ("in", "not_in"):
        first, *rest = condition.arguments
        if isinstance(first, p.Var) and first.name in inner.columns and all(isinstance(r, p.Const) for r in rest):
            return p.Filter(inner, condition)
    return inner


def _extended(inner: Plan, plan: p.Extend) -> Plan:
    """A computed value is lost, so that joins on it let everything pass; another name or a constant is kept."""
    same = isinstance(plan.expression, p.Const)
    if same or (isinstance(plan.expression, p.Var) and plan.expression.name in inner.columns):
        return p.Extend(inner, plan.column, plan.expression)
    return inner


def _keys(inner: Plan, plan: p.Group) -> Plan:
    return p.Distinct(pick(inner, **{key: key for key in plan.keys if key in inner.columns}))
