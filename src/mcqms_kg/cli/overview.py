"""`mcqms overview`: every provider in the data, what all come to together, and what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.operations.overviews import DAYS

FORMATS = ("text", "json", "csv")
_CHOOSES = "an IRI, the end of one, or a label."


def overview(
    data: Annotated[
        list[Path] | None, typer.Argument(help="RDF files, or folders of them.", show_default=False)
    ] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", help="Look at what the workspace holds, not at files.")
    ] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Which version of it.", show_default="the latest")
    ] = None,
    profile: options.Profile = operations.DEFAULT_PROFILE,
    as_of: options.AsOf = None,
    sector: Annotated[str, typer.Option("--sector", help=f"Only providers of this sector: {_CHOOSES}")] = "",
    level: Annotated[str, typer.Option("--level", help=f"Only those that teach at this level: {_CHOOSES}")] = "",
    kind: Annotated[str, typer.Option("--kind", help=f"Only those of this class: {_CHOOSES}")] = "",
    provider: Annotated[str, typer.Option("--provider", help=f"One provider, with all of it: {_CHOOSES}")] = "",
    days: Annotated[
        int, typer.Option("--days", min=0, max=36_500, help="How far ahead of the check date deadlines are listed.")
    ] = DAYS,
    engine: options.Engine = operations.DEFAULT_ENGINE,
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(FORMATS)}.")] = "text",
    out: options.Output = None,
    lang: options.Lang = options.Language.ENGLISH,
    workspace: options.Workspace = None,
) -> None:
    """Show every provider with its verdict and score, the score of all together, the weakest clauses, and what is due or open.

    The exit code is 0 where the overview was made, whatever it says.
    """
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    with output.progress_bar("Checking") as progress:
        found = operations.overview(
            data or (),
            dataset=dataset,
            version=version,
            workspace=workspace,
            profile=profile,
            as_of=as_of,
            sector=sector,
            level=level,
            kind=kind,
            provider=provider,
            days=days,
            engine=engine,
            progress=progress,
        )
    from mcqms_kg.report.overview import OVERVIEW_FORMATS  # Rich takes long to import

    output.write(OVERVIEW_FORMATS[format](found, lang.value), out)
