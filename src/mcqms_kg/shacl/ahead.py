"""What shapes need, made ready while the data are being read: DuckDB reads without Python."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mcqms_kg.errors import McqmsError
from mcqms_kg.model import Triple
from mcqms_kg.shacl.columns import PreparedShapes, prepared_shapes
from mcqms_kg.shacl.vocabulary import sh

_SPARQL = {sh("select"), sh("ask")}
_LARGE, _HUGE = 8_000_000, 1_500_000_000
"""Bytes of data beyond which plans are answered on arrays, and beyond which they become SQL (`roads`)."""


@contextmanager
def readied(shapes: tuple[Triple, ...], files: Iterable[Path]) -> Iterator[None]:
    """While the block runs, libraries are imported, and shapes parsed and planned, as far as it comes.

    What is wrong with the shapes is not told from here: whoever uses them finds it again.
    """
    ended = threading.Event()
    worker = threading.Thread(target=_make_ready, args=(shapes, _size(files), ended), daemon=True)
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join()


def _size(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in files if path.is_file())


def _make_ready(shapes: tuple[Triple, ...], size: int, ended: threading.Event) -> None:
    try:
        asked = prepared_shapes(shapes)
        if any(predicate in _SPARQL for _, predicate, _ in shapes):
            import mcqms_kg.shacl.sparql.patterns
        if size > _HUGE:
            _write_sql(asked, ended)
        elif size > _LARGE:
            import mcqms_kg.shacl.arrays.deciding

            _plan(asked, ended)
        else:
            import mcqms_kg.shacl.sets.deciding  # noqa: F401  # likewise
    except (McqmsError, RecursionError):
        return


def _plan(asked: PreparedShapes, ended: threading.Event) -> None:
    for shape in asked.targeted():
        if ended.is_set():
            return
        asked.planned.groups(shape)


def _write_sql(asked: PreparedShapes, ended: threading.Event) -> None:
    for shape in asked.targeted():
        if ended.is_set():
            return
        usable, _ = asked.compiled((shape.name,))
        for one in usable:
            for query in one.all:
                query.sql  # noqa: B018  # it is remembered
