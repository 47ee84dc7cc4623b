"""Target shapes as SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.shacl.plan import Named, Plan
from mcqms_kg.shacl.planner import Reported, reports
from mcqms_kg.shacl.shapes import Shape, Shapes
from mcqms_kg.shacl.sql.queries import FOCUS, Query, focus_query, report_query
from mcqms_kg.shacl.targets import focus_nodes


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


def compile_shape(shapes: Shapes, shape: Shape) -> Compiled:
    """Raises `Unsupported` where the shape cannot be run exactly."""
    nodes = focus_nodes(shape)
    stored: Plan = Named(FOCUS, nodes, stored=True)
    found = tuple((report_query(group), group) for group in reports(shapes, shape, stored))
    return Compiled(shape, focus_query(nodes), found)


def target_query(shape: Shape) -> Query:
    """The query of a shape's focus nodes. Raises `RulebookError` where a target query cannot be run exactly: no other engine is asked."""
    try:
        query = focus_query(focus_nodes(shape))
    except Unsupported as problem:
        raise _beyond(shape, problem.what) from problem
    if query.searches:
        raise _beyond(shape, "a regular expression beyond RE2")
    return query


def _beyond(shape: Shape, what: str) -> RulebookError:
    return RulebookError(
        f"The target query of {shape.name} cannot be run exactly: {what}",
        remedy="Say it otherwise, or target by class or property.",
    )
