"""Our engine, file to report, with the time of each part."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.loading import Loading
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term, ValidationReport
from mcqms_kg.report import VALIDATION_FORMATS
from mcqms_kg.shacl.ahead import readied
from mcqms_kg.shacl.columns import validate

REPEATS = 3
T = TypeVar("T")


class Timed(Columns):
    """Columns that keep time: what of loading is sorting, and what of validating is working out the values of literals."""

    sorting = 0.0
    valuing = 0.0

    def _settle(self, loading: Loading) -> bool:
        settled, seconds = _timed(lambda: super(Timed, self)._settle(loading))
        self.sorting += seconds
        return settled

    def _ensure(self, table: str) -> None:
        self.valuing += _seconds(lambda: super(Timed, self)._ensure(table))


def run(given: argparse.Namespace) -> None:
    VALIDATION_FORMATS["turtle"].make_ready()
    shapes, reading_shapes = _timed(lambda: read_triples([given.shapes]))
    with readied(shapes, [given.data]):
        columns, loading = _timed(lambda: Timed.load_files([given.data], given.database or ":memory:"))
    clock = Clock()
    report, validating = _timed(lambda: validate(columns, shapes, progress=clock.tick))
    writing = _seconds(lambda: _write(report, given.report))
    said: dict[str, object] = {
        "read": loading - columns.sorting,
        "sort": columns.sorting,
        "values": columns.valuing,
        "validate": validating - columns.valuing,
        "write": reading_shapes + writing,
        "decided": dict(Counter(report.engines.values())),
        "slowest": clock.slowest(5),
    }
    if given.warm:
        said["warm"] = min(_seconds(lambda: validate(columns, shapes)) for _ in range(REPEATS))
    json.dump(said, sys.stdout)


class Clock:
    """How long each shape took, by when the next was announced."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self.now: tuple[str, float] | None = None

    def tick(self, done: int, of: int, shape: Term) -> None:  # noqa: ARG002  # what the engine tells
        at = time.perf_counter()
        if self.now:
            self.taken[self.now[0]] = at - self.now[1]
        self.now = str(shape), at

    def slowest(self, number: int) -> list[tuple[str, float]]:
        """Those that took longest; the last shape, after which nothing is announced, is not among them."""
        return sorted(self.taken.items(), key=lambda pair: -pair[1])[:number]


def _write(report: ValidationReport, path: Path) -> None:
    path.write_bytes(VALIDATION_FORMATS["turtle"].write(report, "en"))


def _timed(run: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return run(), time.perf_counter() - start


def _seconds(run: Callable[[], object]) -> float:
    return _timed(run)[1]
