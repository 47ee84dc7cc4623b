"""The engine on Spark: the plans of the columnar engine, run on a cluster; small leftovers go to the reference engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.model import Term, Triple, ValidationReport
from mcqms_kg.shacl.columns import Progress, prepared_shapes, telling, together
from mcqms_kg.shacl.handing_over import by_reference
from mcqms_kg.shacl.shapes import Shapes
from mcqms_kg.shacl.spark.data import SparkColumns
from mcqms_kg.shacl.spark.failures import in_our_words
from mcqms_kg.shacl.spark.load import load_files, load_triples
from mcqms_kg.shacl.spark.run import SparkRun
from mcqms_kg.shacl.spark.session import NAME, open_session
from mcqms_kg.shacl.spark.tables import Tables

MOST_BY_REFERENCE = 2_000_000
"""Statements up to which a shape that Spark cannot run is handed to the reference engine, which holds all of them in memory here."""


def validate_triples(
    master: str,
    data: Iterable[Triple],
    shapes: Iterable[Triple],
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    """The report on statements at hand."""
    return _validated(master, lambda tables: load_triples(tables, data), shapes, telling(progress, cancel))


def validate_files(
    master: str,
    files: Sequence[Path],
    shapes: Iterable[Triple],
    *,
    located: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    """The report on RDF files or Parquet columns."""
    return _validated(
        master, lambda tables: load_files(tables, files, located=located), shapes, telling(progress, cancel)
    )


def _validated(
    master: str, load: Callable[[Tables], SparkColumns], shapes: Iterable[Triple], progress: Progress
) -> ValidationReport:
    with in_our_words():
        return validate(load(Tables(open_session(master))), shapes, progress=progress)


def validate(columns: SparkColumns, shapes: Iterable[Triple], *, progress: Progress | None = None) -> ValidationReport:
    """The report on columns on Spark. What cannot be run exactly is decided by the reference engine, or refused where the data are many."""
    triples, tell = tuple(shapes), progress or telling(None, None)
    asked = prepared_shapes(triples)
    run = SparkRun(columns, triples)
    run.meet(asked.targeted())
    compiled, reasons = asked.compiled(name for name, met in run.focus_nodes.items() if met)
    run.prepare(compiled)
    done = iter(range(len(compiled)))
    total = len(compiled) + len(reasons)
    run.all(compiled, lambda name: tell(next(done), total, name))
    beyond = {**reasons, **run.beyond}
    decided = {name: NAME for name in run.focus_nodes if name not in beyond}
    with garbage_collection_paused():
        own = ValidationReport(False, tuple(run.results()), run.focus_nodes, decided)
    return together(own, _handed_over(columns, asked.model, triples, beyond, tell))


def _handed_over(
    columns: SparkColumns,
    model: Shapes,
    shapes: tuple[Triple, ...],
    beyond: dict[Term, Unsupported],
    progress: Progress,
) -> ValidationReport:
    if beyond and columns.statements > MOST_BY_REFERENCE:
        listed = "; ".join(f"{name}: {reason.what}" for name, reason in sorted(beyond.items()))
        raise Unsupported(
            f"Shapes that Spark cannot run, on more statements than the reference engine takes over ({MOST_BY_REFERENCE:,}): {listed}",
            remedy="Say them otherwise, or validate with the engine columns.",
        )
    return by_reference(columns.triples, model, beyond, {}, shapes, progress)
