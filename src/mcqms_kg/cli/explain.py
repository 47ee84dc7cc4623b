"""`mcqms explain`: why a requirement or shape is there, or what a finding means."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output


@click.command("explain")
@click.argument("name", help="A requirement (8.1d), a shape (shape:8.1d-MicroCredential) or a finding's id.")
@options.profile
@click.option(
    "--in", "report", type=options.PATH, help="For a finding: the JSON report, or the data, in which it stands."
)
@options.as_of
@options.lang
def explain(name: str, profile: str, report: Path | None, as_of: str | None, lang: str) -> None:
    """Explain a requirement, a shape or a finding: what is asked, why, and how to put it right."""
    output.write(operations.explain(name, profile=profile, report=report, as_of=as_of, language=lang), None)
