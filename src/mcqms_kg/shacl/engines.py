"""The engines by name, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mcqms_kg.errors import BadValue, EmptyInput, UnknownName, Unsupported
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.files import read_as_one
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.model import Term, Triple, ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.ahead import readied

Progress = Callable[[int, int, Term], None]
"""Told before each target shape: how many are done, how many there are, and which comes now."""


class Validate(Protocol):
    """Statements and shapes in, a report out."""

    def __call__(
        self,
        data: Iterable[Triple],
        shapes: Iterable[Triple],
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ValidationReport: ...


class ValidateFiles(Protocol):
    """The same on files and folders, read in the way that is fastest for the engine; raises `EmptyInput` where they hold no statement.

    `located` lets relative IRIs start from their file (`graph.read.source`).
    """

    def __call__(
        self,
        files: Sequence[Path],
        shapes: Iterable[Triple],
        *,
        located: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ValidationReport: ...


@dataclass(frozen=True)
class Engine:
    """An engine, and what it is for."""

    name: str
    summary: str
    validate: Validate
    validate_files: ValidateFiles


def _columns(
    data: Iterable[Triple], shapes: Iterable[Triple], *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ValidationReport:
    with Columns.load(((s, p, o, None) for s, p, o in data), cancel=cancel) as loaded:
        return columns.validate(loaded, shapes, progress=progress, cancel=cancel)


def _columns_of_files(
    files: Sequence[Path],
    shapes: Iterable[Triple],
    *,
    located: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    triples = tuple(shapes)
    with readied(triples, files):
        columns_ = Columns.load_files(files, cancel=cancel, located=located)
    with columns_ as loaded:
        if loaded.is_empty():
            raise EmptyInput("The files hold no statement", remedy="Give files with data.")
        return columns.validate(loaded, triples, progress=progress, cancel=cancel)


def _reference(
    data: Iterable[Triple], shapes: Iterable[Triple], *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ValidationReport:
    from mcqms_kg.shacl.reference import (
        pyshacl as reference,  # pySHACL takes long to import: only where it is asked for
    )

    return reference.validate(data, shapes, progress=columns.telling(progress, cancel))


def _reference_of_files(
    files: Sequence[Path],
    shapes: Iterable[Triple],
    *,
    located: bool = False,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ValidationReport:
    return _reference(read_as_one(expand_folders(files), located=located), shapes, progress=progress, cancel=cancel)


SPARK, LOCAL = "spark", "local[2]"


def _on_spark(master: str) -> Engine:
    """The engine on a Spark master. PySpark is imported when it is first asked to validate."""

    def of_triples(
        data: Iterable[Triple],
        shapes: Iterable[Triple],
        *,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ValidationReport:
        with _packages():
            from mcqms_kg.shacl.spark import engine

        return engine.validate_triples(master, data, shapes, progress=progress, cancel=cancel)

    def of_files(
        files: Sequence[Path],
        shapes: Iterable[Triple],
        *,
        located: bool = False,
        progress: Progress | None = None,
        cancel: Cancel | None = None,
    ) -> ValidationReport:
        with _packages():
            from mcqms_kg.shacl.spark import engine

        return engine.validate_files(master, files, shapes, located=located, progress=progress, cancel=cancel)

    return Engine(SPARK, "the same SQL on Apache Spark, for graphs beyond one machine", of_triples, of_files)


@contextmanager
def _packages() -> Iterator[None]:
    try:
        yield
    except ImportError as problem:
        raise Unsupported(
            f"Spark needs a package that is absent: {problem.name}", remedy="Install mcqms-kg[spark]."
        ) from problem


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(columns.NAME, "SQL over columns (DuckDB)", _columns, _columns_of_files),
        Engine("reference", "pySHACL", _reference, _reference_of_files),
        _on_spark(LOCAL),
    )
}
"""The engines by name; the first is the one to use."""


def engine_named(name: str, master: str | None = None) -> Engine:
    """The engine of that name, on a Spark master where one is given; raises `UnknownName` with the names there are."""
    if name not in ENGINES:
        raise UnknownName(f"No engine is named {name!r}", remedy=f"Known engines: {', '.join(ENGINES)}.")
    if master is None:
        return ENGINES[name]
    if name != SPARK:
        raise BadValue(f"The engine {name} has no master", remedy=f"Give --master with --engine {SPARK} only.")
    return _on_spark(master)
