"""In which order the parts of a join are answered: about how many rows each gives, where some values of its columns are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sets.held import Pairs

if TYPE_CHECKING:
    from mcqms_kg.shacl.sets.answering import Answering

Sizes = Mapping[str, float]
"""For some columns how many values they have."""
_BEYOND = 1e9


def size(answering: Answering, plan: p.Plan, known: Sizes) -> float:
    """How many rows a plan may have, as a guess: joins begin with the fewest."""
    if isinstance(plan, p.Triples):
        return _of_statements(answering, plan, known)
    if isinstance(plan, p.Named) and (kept := answering.kept_rows(plan)) is not None:
        return len(kept)
    if isinstance(plan, p.Terms):
        return len(plan.terms)
    if isinstance(plan, p.Unit | p.Nothing | p.Subclasses | p.Answers):
        return 1
    if isinstance(plan, p.Select):
        return size(answering, plan.plan, {old: known[new] for new, old in plan.picked if new in known})
    if isinstance(plan, p.Union):
        return sum(size(answering, part, known) for part in plan.parts)
    if isinstance(plan, p.Join):
        return min(size(answering, part, known) for part in (plan.left, plan.right))
    if isinstance(plan, p.Reach):
        return 3 * size(answering, plan.start, {})
    inner: p.Plan = plan.left if isinstance(plan, p.Keep | p.Drop | p.Optional) else plan.plan
    return size(answering, inner, known)


def _of_statements(answering: Answering, plan: p.Triples, known: Sizes) -> float:
    if plan.graph != "triple" or not isinstance(plan.predicate, p.Const):
        return _BEYOND
    pairs = answering.held.pairs(answering.number(plan.predicate.term))
    return min(
        float(len(pairs.pairs)),
        _of_slot(answering, pairs, plan.subject, known, backwards=False),
        _of_slot(answering, pairs, plan.object, known, backwards=True),
    )


def _of_slot(answering: Answering, pairs: Pairs, slot: p.Slot, known: Sizes, *, backwards: bool) -> float:
    if isinstance(slot, p.Var) and slot.name not in known:
        return _BEYOND
    by = pairs.subjects if backwards else pairs.objects
    if isinstance(slot, p.Const):
        return len(by.get(answering.number(slot.term), ()))
    return known[slot.name] * len(pairs.pairs) / max(1, len(by))


def cheapest(answering: Answering, parts: Sequence[p.Plan], columns: Sequence[str], known: Sizes, rows: int) -> p.Plan:
    """The part to be answered next: with what stands already it should share a column."""

    def cost(part: p.Plan) -> float:
        apart = rows > 1 and not any(name in columns for name in part.columns)
        return size(answering, part, known) * (rows if apart else 1)

    return min(parts, key=cost)
