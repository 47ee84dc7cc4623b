"""`mcqms generate`: a national graph of any size, with planted defects."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output


@click.command("generate")
@click.option(
    "--output",
    "-o",
    "out",
    type=options.PATH,
    required=True,
    help="The N-Quads file to write; its manifest goes beside it as .manifest.csv.",
)
@click.option("--providers", type=click.IntRange(min=1), default=10, help="How many providers.")
@click.option("--credentials", type=click.IntRange(min=1), default=100, help="How many micro-credentials in all.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same bytes.")
@click.option(
    "--defects", type=click.FloatRange(min=0, max=1), default=0.05, help="The share of things with a planted defect."
)
@click.option("--abroad", is_flag=True, help="Also agreements with bodies abroad, and levels of a framework there.")
@options.as_of
def generate(
    out: Path, providers: int, credentials: int, seed: int, defects: float, abroad: bool, as_of: str | None
) -> None:
    """Write a made-up national graph as N-Quads, streaming, with a manifest of the defects planted in it."""
    written = operations.generate(
        out, providers=providers, credentials=credentials, seed=seed, defects=defects, as_of=as_of, abroad=abroad
    )
    made = f"{output.counted(written.statements, 'statement')}, {output.counted(written.defects, 'planted defect')}"
    click.echo(f"{made}: {written.data} and {written.manifest}", err=True)
