"""`mcqms verify`: whether a signed file is good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Proof
from mcqms_kg.report.verification import VERIFICATION_FORMATS

_CODES = {Proof.GOOD: 0, Proof.FAILED: 1, Proof.UNCHECKED: 2}


def verify(
    file: Annotated[Path, typer.Argument(help="The file: an audit pack.")],
    trust: Annotated[
        list[str] | None,
        typer.Option("--trust", "-t", help="A key that you trust, as did:key, or a file that names such keys; repeat."),
    ] = None,
    as_of: options.AsOf = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help=f"One of: {', '.join(VERIFICATION_FORMATS)}.")
    ] = "text",
    out: options.Output = None,
    lang: options.Lang = options.Language.ENGLISH,
) -> None:
    """Verify a signed file, point by point. Exit code 0 good, 1 not good, 2 could not check."""
    if format not in VERIFICATION_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(VERIFICATION_FORMATS)}.")
    found = operations.verify(file, trust=trust or (), as_of=as_of)
    output.write(VERIFICATION_FORMATS[format](found, lang.value), out)
    raise typer.Exit(_CODES[found.proof])
