"""Which nodes are left once the wrong ones are gone, without making a set of all others where that can be avoided."""

from __future__ import annotations

from mcqms_kg.shacl.plans.plan import Call, Const, Distinct, Drop, Filter, Keep, Plan, Select, Var, pick


def remaining(nodes: Plan, wrong: Plan) -> Plan:
    """Column `focus`: the nodes that are not among the wrong ones. To drop what was dropped is to keep: no set of all others is made."""
    inner, column = _opened(wrong, "focus")
    if isinstance(inner, Drop) and _is_renamed(inner.left, nodes):
        shared = [c for c in inner.left.columns if c in inner.right.columns]
        if len(shared) == 1:
            return Keep(nodes, pick(inner.right, focus=shared[0]))
    if isinstance(inner, Filter) and _is_renamed(inner.plan, nodes) and isinstance(inner.condition, Call):
        (tested, *_) = inner.condition.arguments
        if inner.condition.function == "is_not_true" and isinstance(tested, Var | Const | Call):
            return pick(Filter(inner.plan, tested), focus=column)
    return Drop(nodes, wrong)


def _opened(plan: Plan, column: str) -> tuple[Plan, str]:
    """What lies under renamings, and the name that a column has there."""
    if isinstance(plan, Distinct):
        return _opened(plan.plan, column)
    if isinstance(plan, Select):
        return _opened(plan.plan, dict(plan.picked)[column])
    return plan, column


def _is_renamed(plan: Plan, nodes: Plan) -> bool:
    """Whether the rows are the nodes, in columns of other names."""
    return plan is nodes or (isinstance(plan, Select) and plan.plan is nodes)
