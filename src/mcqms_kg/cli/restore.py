"""`mcqms restore`: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options


@click.command("restore")
@click.argument("folder", type=options.PATH, help="The folder of the backup.")
@options.workspace
def restore(folder: Path, workspace: Path | None) -> None:
    """Make a new workspace from a backup, verified byte for byte; a workspace that is there is never overwritten."""
    click.echo(f"{operations.restore(folder, workspace=workspace)} versions restored")
