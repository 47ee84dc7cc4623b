"""`mcqms diff`: which statements a version added and removed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output


@click.command("diff")
@options.dataset
@click.argument("old", type=int, help="The earlier version.")
@click.argument("new", type=int, help="The later version.")
@options.output
@options.workspace
def diff(dataset: str, old: int, new: int, out: Path | None, workspace: Path | None) -> None:
    """Show which statements were removed (-) and added (+) between two versions, as N-Triples. Exit code 1 where they differ.

    Blank nodes are compared by what is said of them. What hangs together by blank nodes is shown whole where any of it changed.
    """
    found = operations.diff(dataset, old, new, workspace=workspace)
    lines = [f"{sign} {s} {p} {o} ." for sign, side in (("-", found.removed), ("+", found.added)) for s, p, o in side]
    output.write("".join(f"{line}\n" for line in lines), out)
    sys.exit(1 if found else 0)
