"""`mcqms recognise`: whether, and by which facts, a credential is recognised somewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output

EXIT_CODES = {"recognised": 0, "unverified": 1, "not-recognised": 1, "undecided": 2}


@click.command("recognise")
@click.argument("credential", help="The IRI of a credential, or of an award of one.")
@click.argument(
    "data",
    type=options.PATH,
    nargs=-1,
    help="RDF files, or folders of them; without any, the datasets of the workspace.",
)
@click.option(
    "--in", "place", required=True, help="A framework (AQRF, or its IRI), a country (MY), or the IRI of a body."
)
@options.as_of
@click.option("--dataset", "-d", multiple=True, show_default="all", help="Ask this dataset; repeat for several.")
@click.option("--format", "-f", default="text", help="One of: text, json, turtle, svg, mermaid.")
@options.output
@options.lang
@options.workspace
def recognise(
    credential: str,
    data: tuple[Path, ...],
    place: str,
    as_of: str | None,
    dataset: tuple[str, ...],
    format: str,
    out: Path | None,
    lang: str,
    workspace: Path | None,
) -> None:
    """Say whether a credential is recognised in a framework or a country, at which level, and by which facts.

    Exit code 0: recognised by facts that are vouched for. 1: not recognised, or only by facts that nobody vouches for. 2: could not decide.
    """
    found = operations.recognise(credential, place, data, datasets=dataset, as_of=as_of, workspace=workspace)
    output.write(found.write(format, lang), out)
    sys.exit(EXIT_CODES[found.answer.verdict.value])
