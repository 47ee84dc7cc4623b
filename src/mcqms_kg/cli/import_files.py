"""`mcqms import`: files, or another standard's archive, as a new version of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue
from mcqms_kg.model import Version
from mcqms_kg.operations.importing import Imported

ESCO = "esco"
"""The word that stands before an archive of ESCO; a folder of that name is written ./esco."""


@click.command("import")
@click.argument(
    "data",
    type=options.PATH,
    nargs=-1,
    required=True,
    help="RDF files (.ttl .nt .nq .trig .rdf .jsonld), files of other standards, or folders of them. "
    "Or the word esco, and the ZIP archive of ESCO.",
)
@click.option("--dataset", "-d", show_default="esco for ESCO", help="The name of the dataset, new or known.")
@click.option("--title", default="", show_default="as before", help="What people call it.")
@click.option(
    "--private/--public",
    default=None,
    show_default="as the version before; the first is public",
    help="Who sees it through the service: those it is named to, or everybody.",
)
@options.by
@options.as_
@click.option("--release", default="1.1.1", help="The release of ESCO that must be whole; any takes what comes.")
@options.workspace
def import_files(
    data: tuple[Path, ...],
    dataset: str | None,
    title: str,
    private: bool | None,
    by: str | None,
    as_: str | None,
    release: str,
    workspace: Path | None,
) -> None:
    """Keep files in the workspace as a new version of a dataset: their bytes, their statements, who handed them in and when."""
    if str(data[0]) == ESCO and len(data) > 1:
        _tell_esco(
            _esco(data[1:], dataset or ESCO, title=title, private=private, by=by, release=release, workspace=workspace)
        )
        return
    if dataset is None:
        raise BadValue("The dataset has no name", remedy="Give it one with --dataset.")
    made = operations.import_files(
        data, dataset, title=title, private=private, by=by, standard=as_, workspace=workspace
    )
    _tell(made)


def _esco(data: tuple[Path, ...], dataset: str, **options_: Any) -> Imported:
    if len(data) != 1:
        raise BadValue("ESCO comes as one archive", remedy="Name one ZIP file.")
    return operations.import_esco(data[0], dataset, **options_)


def _tell(made: Version) -> None:
    files = f"{output.counted(len(made.originals), 'file')}{', private' if made.private else ''}"
    click.echo(f"{made.dataset} version {made.number}: {output.counted(made.statements, 'statement')}, {files}")


def _tell_esco(done: Imported) -> None:
    _tell(done.version)
    click.echo(", ".join(f"{count:,} {kind}" for kind, count in done.counts.items()))
    for note in done.notes:
        output.errors.print(f"mcqms: {note}", style="yellow", markup=False, highlight=False, soft_wrap=True)
