"""`mcqms verify`: whether a file can be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.model import Proof
from mcqms_kg.report.verification import VERIFICATION_FORMATS

EXIT_CODES = {Proof.GOOD: 0, Proof.FAILED: 1, Proof.UNCHECKED: 2}


def verify(
    file: Annotated[
        Path,
        typer.Argument(help="An audit pack, or a badge: JSON, a JWT, or an image with one in it.", show_default=False),
    ],
    trust: Annotated[
        list[Path] | None,
        typer.Option(
            "--trust",
            "-t",
            help="Known issuers: a JSON list, or a DID document; for a pack also a did:key, or a file with one.",
        ),
    ] = None,
    status: Annotated[
        list[Path] | None,
        typer.Option("--status", help="A status list that you have fetched from its issuer; can be repeated."),
    ] = None,
    data: Annotated[
        list[Path] | None,
        typer.Option("--data", help="Files whose organisations are known as issuers; can be repeated."),
    ] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", "-d", help="A dataset whose organisations are known as issuers.")
    ] = None,
    context: Annotated[
        list[str] | None,
        typer.Option(
            "--context", metavar="URL=FILE", help="A JSON-LD context that is not shipped, in a file; can be repeated."
        ),
    ] = None,
    as_of: options.AsOf = None,
    lang: options.Lang = options.Language.ENGLISH,
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(VERIFICATION_FORMATS)}.")] = "text",
    out: options.Output = None,
    workspace: options.Workspace = None,
) -> None:
    """Say whether a file can be believed, point by point. Nothing is fetched.

    Exit codes: 0 good, 1 not good, 2 could not check.
    """
    if format not in VERIFICATION_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(VERIFICATION_FORMATS)}.")
    found = operations.verify(
        file,
        as_of=as_of,
        trust=trust or (),
        lists=status or (),
        data=data or (),
        dataset=dataset,
        workspace=workspace,
        contexts=dict(map(_named_file, context or ())),
    )
    output.write(VERIFICATION_FORMATS[format](found, lang.value), out)
    raise typer.Exit(EXIT_CODES[found.proof])


def _named_file(given: str) -> tuple[str, Path]:
    """The address and the file; an address may hold equals signs, the name of the file may not."""
    url, _, file = given.rpartition("=")
    if not url or not file:
        raise BadValue(f"{given!r} names no context", remedy="Write --context URL=FILE.")
    return url, Path(file)
