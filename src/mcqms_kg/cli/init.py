"""`mcqms init`: a workspace."""

from __future__ import annotations

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.settings import workspace_folder


def init(workspace: options.Workspace = None) -> None:
    """Make a workspace: a folder that holds datasets, their versions and the original bytes."""
    new = operations.init(workspace)
    typer.echo(f"{'Made' if new else 'There already'}: {workspace_folder(workspace)}")
