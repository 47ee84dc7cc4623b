"""The columnar engine: validates a graph held as columns by one SQL query for each reporting shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.cancel import Cancel, cancellable
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.model import Term, Triple, ValidationReport, sorted_results
from mcqms_kg.shacl.components.sparql_constraint import reasons
from mcqms_kg.shacl.decided import NOTHING, Decided, Part
from mcqms_kg.shacl.guard import refuse_remote_sparql
from mcqms_kg.shacl.handing_over import by_reference, can_stand_alone, refuse_beyond_reference
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.planning.planner import Beyond
from mcqms_kg.shacl.roads import Road, road_of
from mcqms_kg.shacl.sets.planned import Planned
from mcqms_kg.shacl.shapes import Shape, Shapes

if TYPE_CHECKING:
    from mcqms_kg.shacl.execution.compiled import Compiled

NAME = "columns"
Progress = Callable[[int, int, Term], None]
"""Told before each target shape: how many are done, how many there are, and which comes now."""


def validate(
    columns: Columns,
    shapes: Iterable[Triple],
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    road: Road | None = None,
) -> ValidationReport:
    """The report on a graph under shapes: SHACL Core and SHACL-SPARQL, exactly.

    Small graphs are decided in Python, larger ones on arrays, huge ones in SQL, from the same plans; `road` forces one (`roads`).
    What this engine cannot run exactly of a target shape is decided by the reference engine; the report names which engine each needed.
    Raises `RulebookError` where the shapes are ill-formed, and `Cancelled` when `cancel` says so; the columns can be used afterwards.
    """
    with cancellable(columns, cancel):
        return _validate(columns, tuple(shapes), telling(progress, cancel), cancel or Cancel(), road)


def telling(progress: Progress | None, cancel: Cancel | None) -> Progress:
    """Told before each target shape, the place where a run can be ended that is in no query."""

    def tell(done: int, total: int, shape: Term) -> None:
        if cancel:
            cancel.check()
        if progress:
            progress(done, total, shape)

    return tell


def _validate(
    columns: Columns, triples: tuple[Triple, ...], progress: Progress, cancel: Cancel, road: Road | None
) -> ValidationReport:
    asked = prepared_shapes(triples)
    targeted = asked.targeted()
    own = NOTHING
    taken = road_of(columns, len(targeted), road)
    if taken is not Road.SQL:
        with garbage_collection_paused():
            own = _without_sql(taken, columns, triples, progress, cancel)
        targeted = tuple(shape for shape in targeted if shape.name not in own.report.focus_nodes)
    if not targeted:
        return together(own.report)
    return together(own.report, _by_sql(columns, triples, targeted, own.parts, progress))


def _without_sql(
    road: Road, columns: Columns, triples: tuple[Triple, ...], progress: Progress, cancel: Cancel
) -> Decided:
    """What can be decided on this road."""
    asked = prepared_shapes(triples)
    if road is Road.PYTHON:
        from mcqms_kg.shacl.sets.deciding import decided

        return decided(columns, triples, asked.planned, asked.targeted(), progress, cancel.check, NAME)
    from mcqms_kg.shacl.arrays import deciding  # NumPy takes a while to import

    return deciding.decided(columns, asked.planned, asked.targeted(), progress, cancel.check, NAME)


def _by_sql(
    columns: Columns,
    triples: tuple[Triple, ...],
    targeted: tuple[Shape, ...],
    parts: Mapping[Term, Part],
    progress: Progress,
) -> ValidationReport:
    """The report on these target shapes, of which some are known in part."""
    from mcqms_kg.shacl.embedded.asked import NAME as STORE  # SQL is written by a package that takes long to import
    from mcqms_kg.shacl.execution.ready import Ready
    from mcqms_kg.shacl.execution.run import Run

    asked = prepared_shapes(triples)
    ready = Ready.of(columns, triples, targeted, asked.compiled)
    run, beyond = Run(ready), dict(ready.reasons)
    left = {one.shape.name: one.places for one in ready.compiled} | {name: part.left for name, part in parts.items()}
    partly: dict[Term, tuple[Beyond, ...]] = {}
    alone = partial(can_stand_alone, asked.model, triples)
    for done, one in enumerate(ready.compiled):
        progress(done, len(ready.compiled) + len(ready.reasons), name := one.shape.name)
        try:
            if groups := run.shape(one, left[name], alone):
                partly[name] = tuple(groups)
        except Unsupported as problem:
            beyond[name] = problem
    why = beyond | {name: reasons(*(group.reason for group in groups)) for name, groups in partly.items()}
    for name, reason in why.items():
        refuse_beyond_reference(asked.model, asked.model.by_name[name], reason, partly.get(name))
    by_store = {one.shape.name for one in ready.compiled if one.asks_store_for(left[one.shape.name])}
    decided = {name: STORE if name in by_store else NAME for name in ready.focus_nodes if name not in beyond}
    with garbage_collection_paused():
        known = (result for name, part in parts.items() if name in decided for result in part.results)
        own = ValidationReport(False, (*run.results(), *known), dict(ready.focus_nodes), decided)
    return together(own, by_reference(columns.triples, asked.model, beyond, partly, triples, progress))


@dataclass(frozen=True)
class PreparedShapes:
    """Parsed shapes, and the SQL of those that were asked so far: what meets no focus node is never compiled."""

    model: Shapes
    known: dict[Term, Compiled | Unsupported] = field(default_factory=dict)

    @cached_property
    def planned(self) -> Planned:
        return Planned(self.model)

    def targeted(self) -> tuple[Shape, ...]:
        shapes = (self.model.by_name[name] for name in self.model.targeted)
        return tuple(shape for shape in shapes if not shape.deactivated)

    def compiled(self, names: Iterable[Term]) -> tuple[tuple[Compiled, ...], dict[Term, Unsupported]]:
        """The named target shapes as SQL, and why those that are not cannot be."""
        found = {name: self._one(name) for name in names}
        usable = tuple(one for one in found.values() if not isinstance(one, Unsupported))
        return usable, {name: one for name, one in found.items() if isinstance(one, Unsupported)}

    def _one(self, name: Term) -> Compiled | Unsupported:
        if name not in self.known:
            from mcqms_kg.shacl.execution.compiled import compile_shape  # likewise

            try:
                self.known[name] = compile_shape(self.model, self.model.by_name[name])
            except Unsupported as problem:
                self.known[name] = problem
        return self.known[name]


@lru_cache(maxsize=64)
def prepared_shapes(triples: tuple[Triple, ...]) -> PreparedShapes:
    """Kept, because the same rulebook is asked of many graphs."""
    refuse_remote_sparql(triples)
    return PreparedShapes(parse(triples))


def compile_all(model: Shapes) -> tuple[tuple[Compiled, ...], dict[Term, Unsupported]]:
    """Every target shape as SQL, and why those that are not cannot be."""
    asked = PreparedShapes(model)
    return asked.compiled(shape.name for shape in asked.targeted())


def together(*parts: ValidationReport) -> ValidationReport:
    results = sorted_results(result for part in parts for result in part.results)
    return ValidationReport(
        conforms=not results,
        results=results,
        focus_nodes={name: count for part in parts for name, count in part.focus_nodes.items()},
        engines={name: engine for part in parts for name, engine in part.engines.items()},
    )
