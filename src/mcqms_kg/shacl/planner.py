"""From shapes to plans: where each constraint is asked, and what each reporting shape reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.shape_based import Node, Property
from mcqms_kg.shacl.paths import Path
from mcqms_kg.shacl.plan import Distinct, Join, Named, Nothing, Plan, pick, remaining, union
from mcqms_kg.shacl.rewrite import simplified
from mcqms_kg.shacl.shapes import Constraint, Shape, Shapes
from mcqms_kg.shacl.walk import values_along


@dataclass(frozen=True)
class Reported:
    """A constraint of a reporting shape, and the plan of its results."""

    shape: Shape
    constraint: Constraint
    plan: Plan


@dataclass
class Planner:
    """Plans one query. Names count up within it; the shapes being measured are kept to notice shapes that need themselves."""

    shapes: Shapes
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    inside: tuple[Term, ...] = ()
    prefers_store: bool = False

    def named(self, word: str, plan: Plan) -> Named:
        """The plan under a name of its own, to be shared."""
        return plan if isinstance(plan, Named) else Named(f"{word}_{next(self.numbers)}", plan)

    def scope(self, shape: Shape, focus: Plan) -> PlanScope:
        """The shape asked about nodes (column `focus`, each once)."""
        if shape.path is None:
            return PlanScope(self, shape, focus, pick(focus, focus="focus", value="focus"))
        values = self.named("value", values_along(simplified(shape.path), focus))
        return PlanScope(self, shape, focus, values)

    def failing(self, name: Term, nodes: Plan) -> Plan:
        """Those of the nodes that do not conform to the shape."""
        shape, outer = self._enter(name)
        parts: list[Plan] = []
        if not shape.deactivated:
            scope = self.scope(shape, self.named("focus", nodes))
            parts = [pick(constraint.violations(scope), focus="focus") for constraint in shape.constraints]
        self.inside = outer
        return Distinct(union(*parts)) if parts else Nothing(("focus",))

    def conforming(self, name: Term, nodes: Plan) -> Plan:
        """Those of the nodes that conform to the shape: each constraint is asked of what those before it have left."""
        shape, outer = self._enter(name)
        for constraint in () if shape.deactivated else shape.constraints:
            focus = self.named("focus", nodes)
            if shape.path is None and isinstance(constraint, Node):
                nodes = self.conforming(constraint.shape, focus)
            else:
                wrong = constraint.violations(self.scope(shape, focus))
                nodes = remaining(focus, pick(wrong, focus="focus"))
        self.inside = outer
        return nodes

    def _enter(self, name: Term) -> tuple[Shape, tuple[Term, ...]]:
        """The shape, now being measured, and the shapes that were being measured before."""
        if name in self.inside:
            raise Unsupported(f"The shape {name} needs itself", remedy="Let the reference engine validate it.")
        outer, self.inside = self.inside, (*self.inside, name)
        return self.shapes.by_name[name], outer


@dataclass(frozen=True)
class PlanScope:
    """A shape and the nodes it is asked about (see `shapes.Scope`)."""

    planner: Planner
    shape: Shape
    focus: Plan
    values: Plan

    @property
    def prefers_store(self) -> bool:
        return self.planner.prefers_store

    def along(self, path: Path, focus: Plan | None = None) -> Plan:
        return values_along(simplified(path), focus or self.focus)

    def named(self, word: str, plan: Plan) -> Named:
        return self.planner.named(word, plan)

    def failing(self, shape: Term, nodes: Plan) -> Plan:
        return self.planner.failing(shape, nodes)

    def conforming(self, shape: Term, nodes: Plan) -> Plan:
        return self.planner.conforming(shape, nodes)


def reports(
    shapes: Shapes, shape: Shape, focus: Plan, *, prefers_store: bool = False
) -> Iterator[tuple[Reported, ...]]:
    """For a shape and each property shape below it: the plans of what it reports, to be run as one query.

    A node that is reached in several ways is reported as often (section 3.4.1).
    """
    yield from _reports(Planner(shapes, prefers_store=prefers_store), shape, focus, once=True, above=())


def _reports(
    planner: Planner, shape: Shape, reached: Plan, *, once: bool, above: tuple[Term, ...]
) -> Iterator[tuple[Reported, ...]]:
    if shape.name in above:
        raise Unsupported(f"The shape {shape.name} needs itself", remedy="Let the reference engine validate it.")
    if shape.deactivated:
        return
    scope = planner.scope(shape, reached if once else planner.named("focus", Distinct(reached)))
    own = tuple(c for c in shape.constraints if not isinstance(c, Property))
    if own:
        yield tuple(Reported(shape, c, _as_often(c.violations(scope), reached, once)) for c in own)
    for nested in shape.constraints:
        if isinstance(nested, Property):
            below, only_once = _values_reached(scope, reached, once)
            property_shape = planner.shapes.by_name[nested.shape]
            yield from _reports(planner, property_shape, below, once=only_once, above=(*above, shape.name))


def _as_often(violations: Plan, reached: Plan, once: bool) -> Plan:
    return violations if once else Join(reached, violations)


def _values_reached(scope: PlanScope, reached: Plan, once: bool) -> tuple[Plan, bool]:
    """The value nodes, as often as they are reached, and whether that is certainly once."""
    if scope.shape.path is None:
        return reached, once
    return pick(scope.values if once else Join(reached, scope.values), focus="value"), False
