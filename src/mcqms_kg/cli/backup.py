"""`mcqms backup`: a workspace as a folder that can be verified and carried away."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options


@click.command("backup")
@click.argument("folder", type=options.PATH, help="A new folder.")
@options.workspace
def backup(folder: Path, workspace: Path | None) -> None:
    """Write the whole workspace into a new folder: the original bytes, the store as N-Quads, and a list of digests."""
    click.echo(f"{operations.backup(folder, workspace=workspace)} versions: {folder}")
