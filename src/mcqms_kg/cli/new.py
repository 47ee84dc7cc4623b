"""`mcqms new rule`: everything a new rule needs, in the right places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options

app = typer.Typer(help="Start something new in a source tree.", no_args_is_help=True)


@app.command("rule")
def rule(
    requirement: Annotated[str, typer.Argument(help="The new requirement's number, like 8.1e.")],
    target: Annotated[str, typer.Option("--class", help="The class it is about, like MicroCredential.")],
    property: Annotated[str, typer.Option("--property", help="The property it asks for, like hasValidation.")],
    title: Annotated[str, typer.Option("--title", help="A short title in English.")],
    title_id: Annotated[str, typer.Option("--title-id", help="The same title in Indonesian.")],
    grade: Annotated[
        options.FailOn, typer.Option("--grade", help="major, minor or opportunity.")
    ] = options.FailOn.MINOR,
    framework: Annotated[str, typer.Option("--framework", help="The framework it belongs to.")] = "mcqms",
    root: Annotated[Path, typer.Option("--root", help="The source tree.")] = Path(),
) -> None:
    """Write a new rule's register entry, shape and two cases, ready to be filled in, and record that the shape enforces it."""
    for path in operations.new_rule(
        requirement,
        target=target,
        property_=property,
        titles={"en": title, "id": title_id},
        grade=grade.value,
        framework=framework,
        root=root,
    ):
        typer.echo(path)
