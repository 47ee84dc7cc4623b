"""Target shapes as SQL."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.shacl.components.sparql_constraint import both_reasons
from mcqms_kg.shacl.planning.planner import Reported, reports
from mcqms_kg.shacl.planning.targets import focus_nodes
from mcqms_kg.shacl.plans.plan import Named, Plan
from mcqms_kg.shacl.shapes import Shape, Shapes
from mcqms_kg.shacl.sql.queries import FOCUS, Query, focus_query, report_query


@dataclass(frozen=True)
class Compiled:
    """A target shape as SQL: the query of its focus nodes, and one query for each reporting shape."""

    shape: Shape
    focus: Query
    queries: tuple[tuple[Query, tuple[Reported, ...]], ...]

    @property
    def all(self) -> Iterator[Query]:
        yield self.focus
        yield from (query for query, _ in self.queries)

    @property
    def places(self) -> range:
        return range(len(self.queries))

    @property
    def asks_store(self) -> bool:
        """Whether the embedded store has a say in it."""
        return self.asks_store_for(self.places)

    def asks_store_for(self, places: Container[int]) -> bool:
        """The same where only some of its queries are run."""
        asked = (query for place, (query, _) in enumerate(self.queries) if place in places)
        return any(query.asks_store for query in (self.focus, *asked))


def compile_shape(shapes: Shapes, shape: Shape) -> Compiled:
    """Raises `Unsupported` where the shape cannot be run exactly."""
    nodes = focus_nodes(shape)
    stored: Plan = Named(FOCUS, nodes, stored=True)
    try:
        found = _queries(reports(shapes, shape, stored))
    except Unsupported as beyond_sql:
        with both_reasons(beyond_sql):
            found = _queries(reports(shapes, shape, stored, prefers_store=True))
    return Compiled(shape, focus_query(nodes), found)


def _queries(groups: Iterable[tuple[Reported, ...]]) -> tuple[tuple[Query, tuple[Reported, ...]], ...]:
    return tuple((report_query(group), group) for group in groups)


def target_query(shape: Shape) -> Query:
    """The query of a shape's focus nodes. Raises `RulebookError` where a target query cannot be run exactly: no other engine is asked."""
    try:
        return focus_query(focus_nodes(shape))
    except Unsupported as problem:
        raise beyond(shape, problem.what) from problem


def beyond(shape: Shape, what: str) -> RulebookError:
    return RulebookError(
        f"The target query of {shape.name} cannot be run exactly: {what}",
        remedy="Say it otherwise, or target by class or property.",
    )
