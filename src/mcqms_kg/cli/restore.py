"""`mcqms restore`: a workspace from a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options


def restore(
    folder: Annotated[Path, typer.Argument(help="The folder of the backup.")], workspace: options.Workspace = None
) -> None:
    """Make a new workspace from a backup, verified byte for byte; a workspace that is there is never overwritten."""
    typer.echo(f"{operations.restore(folder, workspace=workspace)} versions restored")
