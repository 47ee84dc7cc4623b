"""The queries of the target shapes one by one, each with what tells whether a change concerns it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.change.touched import Touched, statements
from mcqms_kg.shacl.columns import PreparedShapes, prepared_shapes
from mcqms_kg.shacl.planning.planner import Beyond, Group
from mcqms_kg.shacl.planning.targets import focus_nodes
from mcqms_kg.shacl.plans.plan import Const, Plan, Triples
from mcqms_kg.shacl.shapes import Shape, Target
from mcqms_kg.sparql.paths import Path

if TYPE_CHECKING:
    from mcqms_kg.shacl.sql.queries import Query

Targets = tuple[Target, ...]
Patterns = frozenset[Triples]


@dataclass(frozen=True)
class Changed:
    """The statements that come or go, by predicate."""

    by_predicate: Mapping[Term, tuple[Triple, ...]]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Changed:
        found: dict[Term, list[Triple]] = {}
        for triple in triples:
            found.setdefault(triple[1], []).append(triple)
        return cls({predicate: tuple(group) for predicate, group in found.items()})

    def matched(self, patterns: Iterable[Triples]) -> Patterns:
        """The patterns that some of the statements fit."""
        return frozenset(pattern for pattern in patterns if any(_fits(t, pattern) for t in self._near(pattern)))

    def _near(self, pattern: Triples) -> Iterator[Triple]:
        if isinstance(pattern.predicate, Const):
            yield from self.by_predicate.get(pattern.predicate.term, ())
        else:
            yield from (triple for group in self.by_predicate.values() for triple in group)


def _fits(triple: Triple, pattern: Triples) -> bool:
    slots = (pattern.subject, pattern.predicate, pattern.object)
    return all(not isinstance(slot, Const) or slot.term == term for slot, term in zip(slots, triple, strict=True))


@dataclass(eq=False)
class Check:
    """One query of a target shape: a group of what a reporting shape reports, below these paths from the focus nodes."""

    target: Shape
    reported: Group
    below: tuple[Path, ...]
    _touching: dict[Triples | None, tuple[Plan, ...]] = field(default_factory=dict)

    @cached_property
    def query(self) -> Query:
        """All that is reported as one query; made only where lookups cannot tell."""
        from mcqms_kg.shacl.sql.queries import report_query  # SQL is written by a package that takes long to import

        return report_query(self.reported)

    @property
    def reporter(self) -> Term:
        return self.reported[0].shape.name

    @cached_property
    def patterns(self) -> Patterns:
        return frozenset(statements(tuple(one.plan for one in self.reported)))

    def touching(self, matched: Patterns, moved: bool) -> Iterator[Plan]:
        """The plans for the focus nodes of results that may differ, while old and new statements stand.

        One for each pattern, since a row that differs does so for some pattern: plans are then few, and made once.
        """
        for cause in (*((None,) if moved else ()), *matched):
            if cause not in self._touching:
                self._touching[cause] = tuple(self._touched_by(cause))
            yield from self._touching[cause]

    def _touched_by(self, cause: Triples | None) -> Iterator[Plan]:
        """What statements that fit the pattern touch; without one, what the nodes touch that become or cease to be focus nodes."""
        matched = frozenset(() if cause is None else (cause,))
        touched = Touched(focus_nodes(self.target), matched, targets_differ=cause is None)
        return (plan for one in self.reported if (plan := touched.focus(one.plan)))


@dataclass
class Checks:
    """The checks of a shapes graph, each made when its shape first meets a focus node."""

    prepared: PreparedShapes
    _of_shape: dict[Term, tuple[Check, ...]] = field(default_factory=dict)
    _by_predicate: dict[Term | None, list[Check]] = field(default_factory=dict)
    _moving: dict[tuple[Targets, Patterns], Plan | None] = field(default_factory=dict)

    @cached_property
    def targeted(self) -> tuple[Shape, ...]:
        return self.prepared.targeted()

    @cached_property
    def focus(self) -> Mapping[Targets, tuple[Plan, Patterns]]:
        """The plan of the focus nodes for each group of targets, and its patterns."""
        plans = {shape.targets: focus_nodes(shape) for shape in self.targeted}
        return {targets: (plan, frozenset(statements(plan))) for targets, plan in plans.items()}

    def of(self, shape: Shape) -> tuple[Check, ...]:
        """Raises `Unsupported` where the shape cannot be run exactly."""
        if shape.name not in self._of_shape:
            found = tuple(self._made(shape))
            self._of_shape[shape.name] = found
            for check in found:
                for predicate in {_predicate(pattern) for pattern in check.patterns}:
                    self._by_predicate.setdefault(predicate, []).append(check)
        return self._of_shape[shape.name]

    def _made(self, shape: Shape) -> Iterator[Check]:
        groups, by_name = self.prepared.planned.groups(shape), self.prepared.model.by_name
        if isinstance(groups, Unsupported):
            raise groups
        for group in groups:
            if isinstance(group, Beyond):
                raise group.reason
            *above, _ = group[0].above
            yield Check(shape, group, tuple(path for name in above if (path := by_name[name].path)))

    def concerned(self, changed: Changed) -> Iterable[Check]:
        """The checks made so far in whose plans a predicate of the change occurs, or any predicate may."""
        predicates: tuple[Term | None, ...] = (None, *changed.by_predicate)
        return dict.fromkeys(check for predicate in predicates for check in self._by_predicate.get(predicate, ()))

    def moving(self, targets: Targets, changed: Changed) -> Plan | None:
        """The plan of the nodes that may become or cease to be focus nodes, where the change can make any."""
        nodes, patterns = self.focus[targets]
        key = (targets, changed.matched(patterns))
        if key not in self._moving:
            self._moving[key] = Touched(nodes, key[1], targets_differ=False).focus(nodes)
        return self._moving[key]


def _predicate(pattern: Triples) -> Term | None:
    return pattern.predicate.term if isinstance(pattern.predicate, Const) else None


@lru_cache(maxsize=16)
def checks(shapes: tuple[Triple, ...]) -> Checks:
    return Checks(prepared_shapes(shapes))
