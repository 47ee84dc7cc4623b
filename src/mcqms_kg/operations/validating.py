"""Plain SHACL: no clauses, no rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.files import read_as_one
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.graph.read import prefixes
from mcqms_kg.model import ValidationReport
from mcqms_kg.operations.defaults import DEFAULT_ENGINE
from mcqms_kg.shacl.engines import Progress, engine_named
from mcqms_kg.shacl.passed_over import passed_over
from mcqms_kg.shacl.sparql.prefixes import as_declarations


def validate(
    data: Iterable[Path | str],
    shapes: Iterable[Path | str],
    *,
    engine: str = DEFAULT_ENGINE,
    master: str | None = None,
    located: bool = True,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    """Plain SHACL on any data and any shapes; the data graph is the files as they are, with nothing added.

    Relative IRIs start from the file they stand in; with `located=False` they are refused, so that no path of this machine is told.
    `master` says where Spark runs, and is for that engine alone; there, data may also be a folder of Parquet columns.
    Raises `EmptyInput` for files without statements and `RulebookError` for shapes that cannot be used.
    """
    shape_files = expand_folders(shapes)
    constraints = (
        *read_as_one(shape_files, located=located),
        *as_declarations(prefixes(shape_files, located=located)),
    )
    report = engine_named(engine, master).validate_files(
        tuple(map(Path, data)), constraints, located=located, progress=progress, cancel=cancel
    )
    return replace(report, passed_over=passed_over(constraints))
