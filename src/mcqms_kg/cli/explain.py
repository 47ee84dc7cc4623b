"""`mcqms explain`: why a requirement or shape is there, or what a finding means."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output


def explain(
    name: Annotated[
        str, typer.Argument(help="A requirement (8.1d), a shape (shape:8.1d-MicroCredential) or a finding's id.")
    ],
    profile: options.Profile = operations.DEFAULT_PROFILE,
    report: Annotated[
        Path | None, typer.Option("--in", help="For a finding: the JSON report, or the data, in which it stands.")
    ] = None,
    as_of: options.AsOf = None,
    lang: options.Lang = options.Language.ENGLISH,
) -> None:
    """Explain a requirement, a shape or a finding: what is asked, why, and how to put it right."""
    output.write(operations.explain(name, profile=profile, report=report, as_of=as_of, language=lang.value), None)
