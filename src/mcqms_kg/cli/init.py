"""`mcqms init`: a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.settings import workspace_folder


@click.command("init")
@options.workspace
def init(workspace: Path | None) -> None:
    """Make a workspace: a folder that holds datasets, their versions and the original bytes."""
    new = operations.init(workspace)
    click.echo(f"{'Made' if new else 'There already'}: {workspace_folder(workspace)}")
