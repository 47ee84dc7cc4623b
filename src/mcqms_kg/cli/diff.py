"""`mcqms diff`: which statements a version added and removed."""

from __future__ import annotations

from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output


def diff(
    dataset: options.Dataset,
    old: Annotated[int, typer.Argument(help="The earlier version.")],
    new: Annotated[int, typer.Argument(help="The later version.")],
    out: options.Output = None,
    workspace: options.Workspace = None,
) -> None:
    """Show which statements were removed (-) and added (+) between two versions, as N-Triples. Exit code 1 where they differ.

    Blank nodes are compared by what is said of them. What hangs together by blank nodes is shown whole where any of it changed.
    """
    found = operations.diff(dataset, old, new, workspace=workspace)
    lines = [f"{sign} {s} {p} {o} ." for sign, side in (("-", found.removed), ("+", found.added)) for s, p, o in side]
    output.write("".join(f"{line}\n" for line in lines), out)
    raise typer.Exit(1 if found else 0)
