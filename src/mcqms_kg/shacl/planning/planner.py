"""From shapes to plans: where each constraint is asked, and what each reporting shape reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.shape_based import Property
from mcqms_kg.shacl.components.sparql_constraint import SparqlConstraint
from mcqms_kg.shacl.planning.conforming import Question, answered, entered, narrowest_first, questions
from mcqms_kg.shacl.plans.plan import Distinct, Join, Keep, Named, Nothing, Plan, pick, union
from mcqms_kg.shacl.plans.remaining import remaining
from mcqms_kg.shacl.plans.rewrite import simplified
from mcqms_kg.shacl.plans.walk import values_along
from mcqms_kg.shacl.shape_names import shape_name
from mcqms_kg.shacl.shapes import Constraint, Shape, Shapes
from mcqms_kg.sparql.paths import Path


@dataclass(frozen=True)
class Reported:
    """A constraint of a reporting shape, and the plan of its results; `above` leads from the target shape to the reporting one."""

    shape: Shape
    constraint: Constraint
    plan: Plan
    above: tuple[Term, ...]


@dataclass(frozen=True)
class Beyond:
    """SPARQL constraints of a reporting shape that an engine cannot run exactly, and why."""

    above: tuple[Term, ...]
    constraints: tuple[SparqlConstraint, ...]
    reason: Unsupported


Group = tuple[Reported, ...]
"""What is asked as one query: all Core constraints of a reporting shape, or those SPARQL constraints of it that are told by one name."""


@dataclass
class Planner:
    """Plans one query. Names count up within it; the shapes being measured are kept to notice shapes that need themselves."""

    shapes: Shapes
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    inside: tuple[Term, ...] = ()
    prefers_store: bool = False
    computes: bool = False
    kept: dict[tuple[Term, str], Named] = field(default_factory=dict)

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
        shape, outer = self.shapes.by_name[name], self.inside
        self.inside = entered(name, outer)
        parts: list[Plan] = []
        if not shape.deactivated:
            scope = self.scope(shape, self.named("focus", nodes))
            parts = [pick(constraint.violations(scope), focus="focus") for constraint in shape.constraints]
        self.inside = outer
        return Distinct(union(*parts)) if parts else Nothing(("focus",))

    def conforming(self, name: Term, nodes: Plan) -> Plan:
        """Those of the nodes that conform to the shape: each question is asked of what those before it have left."""
        alone, others = narrowest_first(questions(self.shapes, name, self.inside))
        for question in alone:
            nodes = answered(question, nodes, "focus")
        return self._left_by(others, nodes)

    def _left_by(self, asked: Iterable[Question], nodes: Plan) -> Plan:
        outer = self.inside
        for question in asked:
            focus, self.inside = self.named("focus", nodes), question.inside
            wrong = question.constraint.violations(self.scope(question.shape, focus))
            nodes = remaining(focus, pick(wrong, focus="focus"))
        self.inside = outer
        return nodes

    def keeping(self, name: Term, pairs: Named) -> Named:
        """Those of the pairs (columns `focus`, `value`) whose value node conforms; constraints that ask the same share one plan."""
        if (name, pairs.name) not in self.kept:
            self.kept[name, pairs.name] = self.named("value", self._keeping(name, pairs))
        return self.kept[name, pairs.name]

    def _keeping(self, name: Term, pairs: Plan) -> Plan:
        """What can be asked of value nodes alone is asked of the pairs, before nodes are gathered: it leaves few."""
        alone, others = narrowest_first(questions(self.shapes, name, self.inside))
        for question in alone:
            pairs = answered(question, pairs, "value")
        if not others:
            return pairs
        pairs = self.named("value", pairs)
        return Keep(pairs, pick(self._left_by(others, Distinct(pick(pairs, focus="value"))), value="focus"))


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

    @property
    def computes(self) -> bool:
        return self.planner.computes

    def along(self, path: Path, focus: Plan | None = None) -> Plan:
        return values_along(simplified(path), focus or self.focus)

    def named(self, word: str, plan: Plan) -> Named:
        return self.planner.named(word, plan)

    def failing(self, shape: Term, nodes: Plan) -> Plan:
        return self.planner.failing(shape, nodes)

    def conforming(self, shape: Term, nodes: Plan) -> Plan:
        return self.planner.conforming(shape, nodes)

    def keeping(self, shape: Term, pairs: Plan) -> Named:
        return self.planner.keeping(shape, self.named("value", pairs))


def reports(
    shapes: Shapes, shape: Shape, focus: Plan, *, prefers_store: bool = False, computes: bool = False
) -> Iterator[Group | Beyond]:
    """For a shape and each property shape below it: the plans of what it reports, in groups; where none are, why.

    A node that is reached in several ways is reported as often (section 3.4.1). Raises `Unsupported` where a Core constraint has no plan.
    """
    planner = Planner(shapes, prefers_store=prefers_store, computes=computes)
    yield from _reports(planner, shape, focus, once=True, above=())


def _reports(
    planner: Planner, shape: Shape, reached: Plan, *, once: bool, above: tuple[Term, ...]
) -> Iterator[Group | Beyond]:
    above = entered(shape.name, above)
    if shape.deactivated:
        return
    scope = planner.scope(shape, reached if once else planner.named("focus", Distinct(reached)))
    for group in grouped(shape):
        try:
            yield tuple(Reported(shape, c, _as_often(_violations(c, scope), reached, once), above) for c in group)
        except Unsupported as problem:
            yield beyond(above, group, problem)
    for nested in shape.constraints:
        if isinstance(nested, Property):
            below, only_once = _values_reached(scope, reached, once)
            property_shape = planner.shapes.by_name[nested.shape]
            yield from _reports(planner, property_shape, below, once=only_once, above=above)


def grouped(shape: Shape) -> Iterator[tuple[Constraint, ...]]:
    """The constraints that a shape reports itself: the Core ones together, then those of SPARQL by what tells their results apart."""
    core: list[Constraint] = []
    by_name: dict[tuple[Term, Term | None], list[Constraint]] = {}
    for constraint in shape.constraints:
        if isinstance(constraint, SparqlConstraint):
            by_name.setdefault((constraint.component, constraint.source), []).append(constraint)
        elif not isinstance(constraint, Property):
            core.append(constraint)
    yield from (tuple(group) for group in (core, *by_name.values()) if group)


def beyond(above: tuple[Term, ...], group: Iterable[Constraint], problem: Unsupported) -> Beyond:
    """The group as one that cannot be run; raises the problem where it is not of SPARQL."""
    constraints = tuple(constraint for constraint in group if isinstance(constraint, SparqlConstraint))
    if not constraints:
        raise problem
    return Beyond(above, constraints, problem)


def _violations(constraint: Constraint, scope: PlanScope) -> Plan:
    try:
        return constraint.violations(scope)
    except RulebookError as problem:
        where = shape_name(scope.planner.shapes.graph, scope.shape.name)
        if problem.what.startswith(where):
            raise
        raise RulebookError(f"{where}: {problem.what}", remedy=problem.remedy) from problem


def _as_often(violations: Plan, reached: Plan, once: bool) -> Plan:
    return violations if once else Join(reached, violations)


def _values_reached(scope: PlanScope, reached: Plan, once: bool) -> tuple[Plan, bool]:
    """The value nodes, as often as they are reached, and whether that is certainly once."""
    if scope.shape.path is None:
        return reached, once
    return pick(scope.values if once else Join(reached, scope.values), focus="value"), False
