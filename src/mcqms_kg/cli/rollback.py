"""`mcqms rollback`: back to an earlier version, with the history kept."""

from __future__ import annotations

from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options


def rollback(
    dataset: options.Dataset,
    version: Annotated[int, typer.Argument(help="The version to go back to.")],
    by: options.By = None,
    workspace: options.Workspace = None,
) -> None:
    """Go back to an earlier version: a new version equal to it is added, and everything in between stays."""
    made = operations.rollback(dataset, version, by=by, workspace=workspace)
    typer.echo(f"{made.dataset} version {made.number}: equal to version {made.restores}")
