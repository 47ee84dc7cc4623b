"""`mcqms overview`: every provider in the data, what all come to together, and what is due."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.operations.overviews import DAYS

FORMATS = ("text", "json", "csv")
_CHOOSES = "an IRI, the end of one, or a label."


@click.command("overview")
@click.argument("data", type=options.PATH, nargs=-1, help="RDF files, or folders of them.")
@click.option("--dataset", help="Look at what the workspace holds, not at files.")
@click.option("--version", type=int, show_default="the latest", help="Which version of it.")
@options.profile
@options.as_of
@click.option("--sector", default="", show_default="any", help=f"Only providers of this sector: {_CHOOSES}")
@click.option("--level", default="", show_default="any", help=f"Only those that teach at this level: {_CHOOSES}")
@click.option("--kind", default="", show_default="any", help=f"Only those of this class: {_CHOOSES}")
@click.option("--provider", default="", help=f"One provider, with all of it: {_CHOOSES}")
@click.option(
    "--days",
    type=click.IntRange(min=0, max=36500),
    default=DAYS,
    help="How far ahead of the check date deadlines are listed.",
)
@options.engine
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.output
@options.lang
@options.workspace
def overview(
    data: tuple[Path, ...],
    dataset: str | None,
    version: int | None,
    profile: str,
    as_of: str | None,
    sector: str,
    level: str,
    kind: str,
    provider: str,
    days: int,
    engine: str,
    format: str,
    out: Path | None,
    lang: str,
    workspace: Path | None,
) -> None:
    """Show every provider with its verdict and score, the score of all together, the weakest clauses, and what is due or open.

    The exit code is 0 where the overview was made, whatever it says.
    """
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    with output.progress_bar("Checking") as progress:
        found = operations.overview(
            data,
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

    output.write(OVERVIEW_FORMATS[format](found, lang), out)
