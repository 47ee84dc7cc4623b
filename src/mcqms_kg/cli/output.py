"""Where the command line writes: results to a file or standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import BadValue, McqmsError, Place
from mcqms_kg.graph import terms
from mcqms_kg.model import Term

if TYPE_CHECKING:
    from rich.console import Console

    errors: Console


def __getattr__(name: str) -> Any:
    """`errors`, the console on standard error, is made when first written to: Rich takes long to import."""
    if name == "errors":
        return _console()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


def write(text: str, path: Path | None) -> None:
    """The text to the file, whole or not at all, or to standard output."""
    if path is None or str(path) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write_bytes(text.encode(), path)


def deliver(content: bytes, path: Path | None, *, is_text: bool) -> None:
    """A report to the file, or to standard output, where only text goes to a terminal."""
    if path is not None and str(path) != "-":
        write_bytes(content, path)
        return
    if not is_text and sys.stdout.isatty():
        raise BadValue("A report in this format is not for a terminal", remedy="Write it to a file with -o.")
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_bytes(content: bytes, path: Path) -> None:
    """The bytes to the file, whole or not at all."""
    try:
        _replace(path, content)
    except OSError as problem:
        raise McqmsError(
            f"The file cannot be written: {problem.strerror}", place=Place(str(path)), remedy="Choose another file."
        ) from problem


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file and move into place, so that a half-written report is never seen."""
    beside = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with beside.open("xb") as stream:
            stream.write(content)
        beside.replace(path)
    except BaseException:  # half a file is not left behind, not by Ctrl-C either; it is raised on
        beside.unlink(missing_ok=True)
        raise


_SHOWN = 5


def tell_who_decided(engines: Mapping[Term, str], asked: str) -> None:
    """Says which shapes another engine decided than the one that was asked, because that takes longer."""
    others = sorted(shape for shape, engine in engines.items() if engine != asked)
    if others:
        named = ", ".join(map(terms.short, others[:_SHOWN])) + (", …" if len(others) > _SHOWN else "")
        by = ", ".join(sorted({engines[shape] for shape in others}))
        count = f"{len(others)} of {len(engines)} shapes"
        _console().print(
            f"mcqms: {count} cannot be run exactly by {asked} and were decided by {by}: {named}",
            style="yellow",
            markup=False,
        )


def tell_what_was_passed_over(terms_: Collection[Term]) -> None:
    """Says which terms of the shapes nobody checked: misspelt ones, and those of notes and libraries beside SHACL."""
    if terms_:
        _console().print(
            f"mcqms: The shapes use {', '.join(map(terms.short, terms_))}, which is not SHACL Core or SHACL-SPARQL: nobody checked it",
            style="yellow",
            markup=False,
        )


@contextmanager
def progress_bar(description: str) -> Iterator[Callable[[int, int, Term], None] | None]:
    """A progress bar on a terminal, told shape by shape; nothing where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(), transient=True) as bar:
        task = bar.add_task(description, total=None)

        def tell(done: int, total: int, shape: Term) -> None:
            bar.update(task, completed=done, total=total, description=f"{description} {terms.short(shape)}")

        yield tell


def counted(number: int, what: str) -> str:
    """So many of them, in English: one file, two files."""
    return f"{number} {what}{'' if number == 1 else 's'}"
