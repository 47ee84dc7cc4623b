"""Several files, each with its statements, or as one graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph.read import no_statement, read_quads, source
from mcqms_kg.model import Quad, Triple


def read_each(files: Sequence[Path], *, located: bool = False) -> Iterator[tuple[Path, list[Quad]]]:
    """Each file with its statements; blank nodes of different files stay apart. `located` is as for `read.source`.

    Raises `EmptyInput` for a file without any statement, and for no file; and `UnreadableInput` for one that cannot be read.
    """
    if not files:
        raise EmptyInput("No file was given", remedy="Name at least one file or folder.")
    for number, path in enumerate(files):
        quads = list(read_quads(source(path, located=located), blank_prefix=f"f{number}b"))
        if not quads:
            raise no_statement(path)
        yield path, quads


def read_as_one(files: Sequence[Path], *, located: bool = False) -> tuple[Triple, ...]:
    """The statements of the files as one graph, graph names dropped; raises as `read_each` does."""
    return tuple(dict.fromkeys((s, p, o) for _, quads in read_each(files, located=located) for s, p, o, _ in quads))
