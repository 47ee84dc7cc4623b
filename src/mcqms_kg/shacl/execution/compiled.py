"""Target shapes as SQL."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.shacl.components.sparql_constraint import both_reasons, reasons
from mcqms_kg.shacl.planning.planner import Beyond, Group, beyond, reports
from mcqms_kg.shacl.planning.targets import focus_nodes
from mcqms_kg.shacl.plans.plan import Named, Plan
from mcqms_kg.shacl.shapes import Shape, Shapes
from mcqms_kg.shacl.sql.queries import FOCUS, Query, focus_query, report_query

Asked = tuple[Query, Group]


@dataclass(frozen=True)
class Compiled:
    """A target shape as SQL: the query of its focus nodes, and by their places the queries of its groups, and those beyond SQL."""

    shape: Shape
    focus: Query
    queries: Mapping[int, Asked]
    beyond: Mapping[int, Beyond] = field(default_factory=dict)

    @property
    def all(self) -> Iterator[Query]:
        yield self.focus
        yield from (query for query, _ in self.queries.values())

    @property
    def places(self) -> frozenset[int]:
        return frozenset((*self.queries, *self.beyond))

    @property
    def asks_store(self) -> bool:
        """Whether the embedded store has a say in it."""
        return self.asks_store_for(self.places)

    def asks_store_for(self, places: Container[int]) -> bool:
        """The same where only some of its queries are run."""
        asked = (query for place, (query, _) in self.queries.items() if place in places)
        return any(query.asks_store for query in (self.focus, *asked))


def compile_shape(shapes: Shapes, shape: Shape) -> Compiled:
    """Raises `Unsupported` where a Core constraint cannot be run exactly."""
    nodes = focus_nodes(shape)
    stored: Plan = Named(FOCUS, nodes, stored=True)
    try:
        found = _groups(reports(shapes, shape, stored))
    except Unsupported as beyond_sql:
        with both_reasons(beyond_sql):
            found = _groups(reports(shapes, shape, stored, prefers_store=True))
    if any(isinstance(one, Beyond) for one in found):
        others = _groups(reports(shapes, shape, stored, prefers_store=True))
        found = tuple(map(_first_way, found, others))
    queries = {place: one for place, one in enumerate(found) if not isinstance(one, Beyond)}
    left = {place: one for place, one in enumerate(found) if isinstance(one, Beyond)}
    return Compiled(shape, focus_query(nodes), queries, left)


def _groups(groups: Iterable[Group | Beyond]) -> tuple[Asked | Beyond, ...]:
    return tuple(map(_written, groups))


def _written(group: Group | Beyond) -> Asked | Beyond:
    if isinstance(group, Beyond):
        return group
    try:
        return report_query(group), group
    except Unsupported as problem:
        return beyond(group[0].above, (one.constraint for one in group), problem)


def _first_way(one: Asked | Beyond, other: Asked | Beyond) -> Asked | Beyond:
    if isinstance(one, Beyond) and isinstance(other, Beyond):
        return replace(one, reason=reasons(one.reason, other.reason))
    return other if isinstance(one, Beyond) else one


def target_query(shape: Shape) -> Query:
    """The query of a shape's focus nodes. Raises `RulebookError` where a target query cannot be run exactly: no other engine is asked."""
    try:
        return focus_query(focus_nodes(shape))
    except Unsupported as problem:
        raise beyond_targets(shape, problem.what) from problem


def beyond_targets(shape: Shape, what: str) -> RulebookError:
    return RulebookError(
        f"The target query of {shape.name} cannot be run exactly: {what}",
        remedy="Say it otherwise, or target by class or property.",
    )
