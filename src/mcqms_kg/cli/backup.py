"""`mcqms backup`: a workspace as a folder that can be verified and carried away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options


def backup(folder: Annotated[Path, typer.Argument(help="A new folder.")], workspace: options.Workspace = None) -> None:
    """Write the whole workspace into a new folder: the original bytes, the store as N-Quads, and a list of digests."""
    typer.echo(f"{operations.backup(folder, workspace=workspace)} versions: {folder}")
