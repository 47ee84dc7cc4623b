"""`mcqms generate`: a national graph of any size, with planted defects."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output


def generate(
    out: Annotated[
        Path,
        typer.Option("--output", "-o", help="The N-Quads file to write; its manifest goes beside it as .manifest.csv."),
    ],
    providers: Annotated[int, typer.Option("--providers", min=1, help="How many providers.")] = 10,
    credentials: Annotated[int, typer.Option("--credentials", min=1, help="How many micro-credentials in all.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same bytes.")] = 1,
    defects: Annotated[
        float, typer.Option("--defects", min=0, max=1, help="The share of things with a planted defect.")
    ] = 0.05,
    abroad: Annotated[
        bool,
        typer.Option("--abroad", help="Also agreements with bodies abroad, and levels of a framework there."),
    ] = False,
    as_of: options.AsOf = None,
) -> None:
    """Write a made-up national graph as N-Quads, streaming, with a manifest of the defects planted in it."""
    written = operations.generate(
        out, providers=providers, credentials=credentials, seed=seed, defects=defects, as_of=as_of, abroad=abroad
    )
    made = f"{output.counted(written.statements, 'statement')}, {output.counted(written.defects, 'planted defect')}"
    typer.echo(f"{made}: {written.data} and {written.manifest}", err=True)
