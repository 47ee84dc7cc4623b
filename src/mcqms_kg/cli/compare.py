"""`mcqms compare`: what changed between two checks."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.report.comparison import COMPARISON_FORMATS


@click.command("compare")
@click.argument(
    "old", type=options.PATH, help="The earlier JSON report, the id of a kept check, or the data as it was."
)
@click.argument("new", type=options.PATH, help="The later JSON report, the id of a kept check, or the data as it is.")
@options.profile
@options.as_of
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(COMPARISON_FORMATS)}.")
@options.output
@options.lang
@options.workspace
def compare(
    old: Path,
    new: Path,
    profile: str,
    as_of: str | None,
    format: str,
    out: Path | None,
    lang: str,
    workspace: Path | None,
) -> None:
    """Compare two checks by finding: new, fixed, persisting, regraded. Exit code 1 where something is new or graded worse."""
    if format not in COMPARISON_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(COMPARISON_FORMATS)}.")
    found = operations.compare(old, new, profile=profile, as_of=as_of, workspace=workspace)
    output.write(COMPARISON_FORMATS[format](found, lang), out)
    sys.exit(1 if found.is_worse else 0)
