"""`mcqms recognise`: whether, and by which facts, a credential is recognised somewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output

EXIT_CODES = {"recognised": 0, "unverified": 1, "not-recognised": 1, "undecided": 2}


def recognise(
    credential: Annotated[str, typer.Argument(help="The IRI of a credential, or of an award of one.")],
    data: Annotated[
        list[Path] | None,
        typer.Argument(help="RDF files, or folders of them.", show_default="the datasets of the workspace"),
    ] = None,
    place: Annotated[
        str,
        typer.Option("--in", help="A framework (AQRF, or its IRI), a country (MY), or the IRI of a body."),
    ] = ...,  # type: ignore[assignment]  # typer's word for an option that must be given
    as_of: options.AsOf = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option("--dataset", "-d", help="Ask this dataset; repeat for several.", show_default="all"),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="One of: text, json, turtle, svg, mermaid.")] = "text",
    out: options.Output = None,
    lang: options.Lang = options.Language.ENGLISH,
    workspace: options.Workspace = None,
) -> None:
    """Say whether a credential is recognised in a framework or a country, at which level, and by which facts.

    Exit code 0: recognised by facts that are vouched for. 1: not recognised, or only by facts that nobody vouches for. 2: could not decide.
    """
    found = operations.recognise(
        credential, place, data or (), datasets=dataset or (), as_of=as_of, workspace=workspace
    )
    output.write(found.write(format, lang.value), out)
    raise typer.Exit(EXIT_CODES[found.answer.verdict.value])
