"""`mcqms import`: files, or another standard's archive, as a new version of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue

ESCO = "esco"
"""The word that stands before an archive of ESCO; a folder of that name is written ./esco."""

Files = Annotated[
    list[Path],
    typer.Argument(
        help="RDF files, or folders of them: .ttl .nt .nq .trig .rdf .jsonld. Or the word esco, and the ZIP archive of ESCO.",
        show_default=False,
    ),
]


def import_files(
    data: Files,
    dataset: Annotated[
        str | None,
        typer.Option("--dataset", "-d", help="The name of the dataset, new or known.", show_default="esco for ESCO"),
    ] = None,
    title: Annotated[str, typer.Option("--title", help="What people call it.", show_default="as before")] = "",
    by: options.By = None,
    release: Annotated[
        str, typer.Option("--release", help="The release of ESCO that must be whole; any takes what comes.")
    ] = "1.1.1",
    workspace: options.Workspace = None,
) -> None:
    """Keep files in the workspace as a new version of a dataset: their bytes, their statements, who handed them in and when."""
    if str(data[0]) == ESCO and len(data) > 1:
        _esco(data[1:], dataset or ESCO, title, by, release, workspace)
        return
    if dataset is None:
        raise BadValue("The dataset has no name", remedy="Give it one with --dataset.")
    made = operations.import_files(data, dataset, title=title, by=by, workspace=workspace)
    typer.echo(f"{made.dataset} version {made.number}: {made.statements} statements, {len(made.originals)} files")


def _esco(data: list[Path], dataset: str, title: str, by: str | None, release: str, workspace: Path | None) -> None:
    if len(data) != 1:
        raise BadValue("ESCO comes as one archive", remedy="Name one ZIP file.")
    done = operations.import_esco(data[0], dataset, release=release, title=title, by=by, workspace=workspace)
    made = done.version
    typer.echo(f"{made.dataset} version {made.number}: {made.statements} statements, {len(made.originals)} files")
    typer.echo(", ".join(f"{count:,} {kind}" for kind, count in done.counts.items()))
    for note in done.notes:
        output.errors.print(f"mcqms: {note}", style="yellow", markup=False, highlight=False, soft_wrap=True)
