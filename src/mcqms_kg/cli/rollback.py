"""`mcqms rollback`: back to an earlier version, with the history kept."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options


@click.command("rollback")
@options.dataset
@click.argument("version", type=int, help="The version to go back to.")
@options.by
@options.workspace
def rollback(dataset: str, version: int, by: str | None, workspace: Path | None) -> None:
    """Go back to an earlier version: a new version equal to it is added, and everything in between stays."""
    made = operations.rollback(dataset, version, by=by, workspace=workspace)
    click.echo(f"{made.dataset} version {made.number}: equal to version {made.restores}")
