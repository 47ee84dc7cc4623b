"""In which order the parts of a join are looked up: about how many rows each gives, once some columns are known."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.plans.itself import Itself
from mcqms_kg.shacl.plans.plan import CHANGED, MOVED

_ALL, _OF_CLASS, _BACK, _ON = 1e9, 1e4, 10.0, 1.5
_FEW = 0.5
Known = frozenset[str]


def parts(plan: p.Plan) -> Iterator[p.Plan]:
    """What is joined, joins of joins as one."""
    if isinstance(plan, p.Join):
        yield from parts(plan.left)
        yield from parts(plan.right)
    else:
        yield plan


def rows(plan: p.Plan, known: Known) -> float:
    """A guess: subjects have few values, objects some subjects, and a term of the shapes, such as a class, very many.

    It is remembered, because joins of joins ask for the same parts again and again.
    """
    return _rows(Itself(plan), known & frozenset(plan.columns))


@lru_cache(maxsize=100_000)
def _rows(itself: Itself, known: Known) -> float:
    plan = itself.plan
    if isinstance(plan, p.Triples):
        return _of_statements(plan, known)
    if known.issuperset(plan.columns):
        return 1.0
    if isinstance(plan, p.Named):
        few = plan.stored and plan.name == MOVED
        return _FEW if few else rows(plan.plan, known)
    if isinstance(plan, p.Terms | p.Subclasses):
        return _FEW * (len(plan.terms) if isinstance(plan, p.Terms) else 2)
    if isinstance(plan, p.Unit | p.Nothing):
        return 0.0
    if isinstance(plan, p.Select):
        return rows(plan.plan, frozenset(old for new, old in plan.picked if new in known))
    if isinstance(plan, p.Join):
        return _of_join(plan, known)
    if isinstance(plan, p.Union):
        return sum(rows(part, known & frozenset(part.columns)) for part in plan.parts)
    if isinstance(plan, p.Reach):
        return _of_reach(plan, known)
    if isinstance(plan, p.Keep | p.Drop | p.Optional):
        return rows(plan.left, known & frozenset(plan.left.columns))
    if isinstance(plan, p.Answers):
        return 0.0
    return rows(plan.plan, known & frozenset(plan.plan.columns))


def _of_statements(plan: p.Triples, known: Known) -> float:
    if plan.graph == CHANGED:
        return _FEW
    s, predicate, o = ((isinstance(slot, p.Const), _is_known(slot, known)) for slot in _slots(plan))
    if s[1]:
        return 1.0 if o[1] else _ON * (1 if predicate[1] else 10)
    if o[1]:
        return (_OF_CLASS if o[0] else _BACK) * (1 if predicate[1] else 10)
    return _ALL


def _slots(plan: p.Triples) -> tuple[p.Slot, p.Slot, p.Slot]:
    return plan.subject, plan.predicate, plan.object


def _is_known(slot: p.Slot, known: Known) -> bool:
    return isinstance(slot, p.Const) or slot.name in known


def _of_join(plan: p.Join, known: Known) -> float:
    product = 1.0
    for part in ordered(plan, known):
        product *= max(rows(part, known & frozenset(part.columns)), _FEW)
        known |= frozenset(part.columns)
    return product


def _of_reach(plan: p.Reach, known: Known) -> float:
    if "focus" in known:
        return _ON * max(rows(plan.start, frozenset({"focus"})), _FEW)
    if "value" in known:
        return min(_BACK, _ON * max(rows(plan.start, frozenset()), _FEW))
    return _ON * max(rows(plan.start, frozenset()), _FEW)


def ordered(plan: p.Join, known: Known) -> list[p.Plan]:
    """The parts of a join, always the one next that gives the fewest rows."""
    waiting, found = list(parts(plan)), []
    while waiting:
        cheapest = min(waiting, key=lambda part: rows(part, known & frozenset(part.columns)))
        waiting.remove(cheapest)
        found.append(cheapest)
        known |= frozenset(cheapest.columns)
    return found


def depth(plan: p.Plan) -> int:
    """How many patterns of statements a plan holds."""
    return _depth(Itself(plan))


@lru_cache(maxsize=100_000)
def _depth(itself: Itself) -> int:
    plan = itself.plan
    if isinstance(plan, p.Triples):
        return 1
    if isinstance(plan, p.Union):
        return sum(map(depth, plan.parts))
    below = (getattr(plan, name, None) for name in ("plan", "left", "right", "start", "step"))
    return sum(depth(part) for part in below if part is not None)
