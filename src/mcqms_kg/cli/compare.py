"""`mcqms compare`: what changed between two checks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.report.comparison import COMPARISON_FORMATS


def compare(
    old: Annotated[
        Path, typer.Argument(help="The earlier JSON report, the id of a kept check, or the data as it was.")
    ],
    new: Annotated[Path, typer.Argument(help="The later JSON report, the id of a kept check, or the data as it is.")],
    profile: options.Profile = operations.DEFAULT_PROFILE,
    as_of: options.AsOf = None,
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(COMPARISON_FORMATS)}.")] = "text",
    out: options.Output = None,
    lang: options.Lang = options.Language.ENGLISH,
    workspace: options.Workspace = None,
) -> None:
    """Compare two checks by finding: new, fixed, persisting, regraded. Exit code 1 where something is new or graded worse."""
    if format not in COMPARISON_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(COMPARISON_FORMATS)}.")
    found = operations.compare(old, new, profile=profile, as_of=as_of, workspace=workspace)
    output.write(COMPARISON_FORMATS[format](found, lang.value), out)
    raise typer.Exit(1 if found.is_worse else 0)
