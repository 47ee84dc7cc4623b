"""`mcqms import`: files as a new version of a dataset."""

from __future__ import annotations

from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options


def import_files(
    data: options.Data,
    dataset: Annotated[str, typer.Option("--dataset", "-d", help="The name of the dataset, new or known.")],
    title: Annotated[str, typer.Option("--title", help="What people call it.", show_default="as before")] = "",
    private: Annotated[
        bool | None,
        typer.Option(
            "--private/--public",
            help="Who sees it through the service: those it is named to, or everybody.",
            show_default="as the version before; the first is public",
        ),
    ] = None,
    by: options.By = None,
    workspace: options.Workspace = None,
) -> None:
    """Keep files in the workspace as a new version of a dataset: their bytes, their statements, who handed them in and when."""
    made = operations.import_files(data, dataset, title=title, private=private, by=by, workspace=workspace)
    files = f"{len(made.originals)} files{', private' if made.private else ''}"
    typer.echo(f"{made.dataset} version {made.number}: {made.statements} statements, {files}")
