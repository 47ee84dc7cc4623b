"""The columnar engine: validates a graph held as columns by one SQL query for each reporting shape."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Term, Triple, ValidationReport, sorted_results
from mcqms_kg.shacl import reference
from mcqms_kg.shacl.guard import refuse_remote_sparql
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.run import Compiled, Run, compile_shape
from mcqms_kg.shacl.shapes import Shapes
from mcqms_kg.shacl.vocabulary import CLASS, TYPE, sh

NAME = "columns"
Progress = Callable[[int, int, Term], None]
"""Told before each target shape: how many are done, how many there are, and which comes now."""

_TARGETS = {sh(kind) for kind in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")}


def validate(columns: Columns, shapes: Iterable[Triple], *, progress: Progress | None = None) -> ValidationReport:
    """The report on a graph under shapes: SHACL Core and SHACL-SPARQL, exactly.

    A target shape that this engine cannot run exactly is decided by the reference engine; the report names which engine decided each.
    Raises `RulebookError` where the shapes are ill-formed.
    """
    triples = tuple(shapes)
    compiled, reasons = _compiled(triples)
    beyond = dict(reasons)
    run = Run(columns, triples)
    run.prepare(compiled)
    for done, one in enumerate(compiled):
        if progress:
            progress(done, len(compiled) + len(beyond), one.shape.name)
        try:
            run.shape(done, one)
        except Unsupported as problem:
            beyond[one.shape.name] = problem
    decided = {one.shape.name: NAME for one in compiled if one.shape.name not in beyond}
    with _garbage_collection_paused():
        own = ValidationReport(False, tuple(run.results()), run.focus_nodes, decided)
    return _together(own, _by_reference(columns, triples, set(beyond), progress))


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Hundreds of thousands of results hold no cycles; looking for some takes longer than making them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=64)
def _compiled(triples: tuple[Triple, ...]) -> tuple[tuple[Compiled, ...], Mapping[Term, Unsupported]]:
    """Kept, because the same rulebook is asked of many graphs."""
    refuse_remote_sparql(triples)
    return compile_all(parse(triples))


def compile_all(model: Shapes) -> tuple[tuple[Compiled, ...], dict[Term, Unsupported]]:
    """The target shapes as SQL, and why those that are not cannot be."""
    compiled: list[Compiled] = []
    beyond: dict[Term, Unsupported] = {}
    for name in model.targeted:
        shape = model.by_name[name]
        if shape.deactivated:
            continue
        try:
            compiled.append(compile_shape(model, shape))
        except Unsupported as problem:
            beyond[name] = problem
    return tuple(compiled), beyond


def _by_reference(
    columns: Columns, shapes: tuple[Triple, ...], wanted: set[Term], progress: Progress | None
) -> ValidationReport:
    if not wanted:
        return ValidationReport(True, ())
    try:
        return reference.validate(columns.triples(), _targeting_only(wanted, shapes), progress=progress)
    except NotImplementedError as problem:
        names = ", ".join(sorted(wanted))
        raise Unsupported(f"No engine can run {names}: {problem}", remedy="Say it otherwise.") from problem


def _targeting_only(wanted: set[Term], shapes: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The shapes without the targets of the others, so that only the wanted ones are asked."""

    def targets(triple: Triple) -> bool:
        return triple[1] in _TARGETS or (triple[1], triple[2]) == (TYPE, CLASS)

    return tuple(triple for triple in shapes if triple[0] in wanted or not targets(triple))


def _together(own: ValidationReport, other: ValidationReport) -> ValidationReport:
    results = sorted_results((*own.results, *other.results))
    return ValidationReport(
        conforms=not results,
        results=results,
        focus_nodes={**own.focus_nodes, **other.focus_nodes},
        engines={**own.engines, **other.engines},
    )
