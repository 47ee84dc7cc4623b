"""The queries of a target shape one by one, each with what tells whether a change concerns it, and where to ask it anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.components.shape_based import Property
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.paths import Inverse, Path, Sequence
from mcqms_kg.shacl.plan import Const, Distinct, Join, Named, Nothing, Plan, Triples, Union, pick, union
from mcqms_kg.shacl.planner import Reported
from mcqms_kg.shacl.rewrite import simplified
from mcqms_kg.shacl.run import Compiled, compile_shape
from mcqms_kg.shacl.shapes import Shape, Shapes, Target
from mcqms_kg.shacl.sql.queries import Query, focus_query
from mcqms_kg.shacl.targets import focus_nodes
from mcqms_kg.shacl.touched import Touched, statements
from mcqms_kg.shacl.walk import values_along

ASKED = "asked"
"""Table: the nodes, column `focus`, that a question is about."""


@dataclass(frozen=True)
class Change:
    """The statements that come or go, by predicate."""

    by_predicate: Mapping[Term, tuple[Triple, ...]]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Change:
        found: dict[Term, tuple[Triple, ...]] = {}
        for triple in triples:
            found[triple[1]] = (*found.get(triple[1], ()), triple)
        return cls(found)

    def matched(self, patterns: Iterable[Triples]) -> frozenset[Triples]:
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


@dataclass
class Check:
    """One query of a target shape: all that one reporting shape reports, below these paths from the focus nodes."""

    target: Shape
    query: Query
    reported: tuple[Reported, ...]
    below: tuple[Path, ...]
    questions: dict[tuple[frozenset[Triples], bool], str | None] = field(default_factory=dict)

    @property
    def reporter(self) -> Term:
        return self.reported[0].shape.name

    @cached_property
    def compiled(self) -> Compiled:
        """The check as a target shape with this query alone, for a run to prepare for."""
        return Compiled(self.target, focus_query(focus_nodes(self.target)), ((self.query, self.reported),))

    @cached_property
    def patterns(self) -> frozenset[Triples]:
        return frozenset(statements(tuple(one.plan for one in self.reported)))

    def question(self, matched: frozenset[Triples], moved: bool) -> str | None:
        """The query for the focus nodes of results that may differ, while old and new statements stand; nothing where none can."""
        key = (matched, moved)
        if key not in self.questions:
            touched = Touched(focus_nodes(self.target), matched, moved)
            found = [plan for one in self.reported if (plan := touched.focus(one.plan))]
            self.questions[key] = focus_query(Distinct(union(*found))).sql if found else None
        return self.questions[key]


@dataclass
class Checks:
    """The queries of the target shapes of a shapes graph, compiled when first asked for."""

    model: Shapes
    known: dict[Term, tuple[Check, ...]] = field(default_factory=dict)
    selections: dict[tuple[tuple[Target, ...], tuple[Path, ...]], str] = field(default_factory=dict)
    of_targets: dict[tuple[Target, ...], frozenset[Triples]] = field(default_factory=dict)
    moves: dict[tuple[tuple[Target, ...], frozenset[Triples]], str | None] = field(default_factory=dict)

    @cached_property
    def targeted(self) -> tuple[Shape, ...]:
        shapes = (self.model.by_name[name] for name in self.model.targeted)
        return tuple(shape for shape in shapes if not shape.deactivated)

    def of(self, shape: Shape) -> tuple[Check, ...]:
        """Raises `Unsupported` where the shape cannot be run exactly."""
        if shape.name not in self.known:
            places = _places(self.model, shape, ())
            pairs = zip(compile_shape(self.model, shape).queries, places, strict=True)
            self.known[shape.name] = tuple(Check(shape, query, group, below) for (query, group), below in pairs)
        return self.known[shape.name]

    def selected(self, shape: Shape, below: tuple[Path, ...] = ()) -> str:
        """The query for the focus nodes among the nodes `asked`, or, below some paths, for those that lead to one of them."""
        key = (shape.targets, below)
        if key not in self.selections:
            self.selections[key] = _selecting(shape, below).sql
        return self.selections[key]

    def moving(self, shape: Shape, change: Change) -> str | None:
        """The query for nodes that may become or cease to be focus nodes, where the change can make any."""
        key = (shape.targets, change.matched(self._patterns(shape)))
        if key not in self.moves:
            self.moves[key] = _moving(shape, key[1])
        return self.moves[key]

    def _patterns(self, shape: Shape) -> frozenset[Triples]:
        if shape.targets not in self.of_targets:
            self.of_targets[shape.targets] = frozenset(statements(focus_nodes(shape)))
        return self.of_targets[shape.targets]


@lru_cache(maxsize=16)
def checks(shapes: tuple[Triple, ...]) -> Checks:
    return Checks(parse(shapes))


def _places(shapes: Shapes, shape: Shape, above: tuple[Path, ...]) -> Iterator[tuple[Path, ...]]:
    """For each reporting shape, in the order of `planner.reports`: the paths from a focus node down to the nodes it is asked about."""
    if shape.deactivated:
        return
    if any(not isinstance(constraint, Property) for constraint in shape.constraints):
        yield above
    below = above if shape.path is None else (*above, shape.path)
    for nested in shape.constraints:
        if isinstance(nested, Property):
            yield from _places(shapes, shapes.by_name[nested.shape], below)


def _selecting(shape: Shape, below: tuple[Path, ...]) -> Query:
    asked: Plan = Named(ASKED, Nothing(("focus",)), stored=True)
    if below:
        asked = pick(values_along(simplified(Inverse(Sequence(below))), asked), focus="value")
    nodes = focus_nodes(shape)
    inner = nodes.plan if isinstance(nodes, Distinct) else nodes
    parts = inner.parts if isinstance(inner, Union) else (inner,)
    return focus_query(Distinct(union(*(Join(asked, part) for part in parts))))


def _moving(shape: Shape, matched: frozenset[Triples]) -> str | None:
    nodes = focus_nodes(shape)
    found = Touched(nodes, matched, targets_differ=False).focus(nodes)
    return None if found is None else focus_query(found).sql
