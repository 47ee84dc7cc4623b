"""The engines by name, behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mcqms_kg.errors import EmptyInput, UnknownName
from mcqms_kg.graph.columns import Columns
from mcqms_kg.graph.columns_cancel import Cancel
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import Term, Triple, ValidationReport
from mcqms_kg.shacl import columns

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
    """The same on files, read in the way that is fastest for the engine; raises `EmptyInput` where they hold no statement."""

    def __call__(
        self,
        files: Sequence[Path],
        shapes: Iterable[Triple],
        *,
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
    files: Sequence[Path], shapes: Iterable[Triple], *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ValidationReport:
    with Columns.load_files(files, cancel=cancel) as loaded:
        if loaded.is_empty():
            raise EmptyInput("The files hold no statement", remedy="Give files with data.")
        return columns.validate(loaded, shapes, progress=progress, cancel=cancel)


def _reference(
    data: Iterable[Triple], shapes: Iterable[Triple], *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ValidationReport:
    from mcqms_kg.shacl import reference  # pySHACL takes long to import: only where it is asked for

    return reference.validate(data, shapes, progress=columns.telling(progress, cancel))


def _reference_of_files(
    files: Sequence[Path], shapes: Iterable[Triple], *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ValidationReport:
    return _reference(read_submitted(files).triples, shapes, progress=progress, cancel=cancel)


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine(columns.NAME, "SQL over columns (DuckDB)", _columns, _columns_of_files),
        Engine("reference", "pySHACL", _reference, _reference_of_files),
    )
}
"""The engines by name; the first is the one to use."""


def engine_named(name: str) -> Engine:
    """The engine of that name; raises `UnknownName` with the names there are."""
    if name not in ENGINES:
        raise UnknownName(f"No engine is named {name!r}", remedy=f"Known engines: {', '.join(ENGINES)}.")
    return ENGINES[name]
