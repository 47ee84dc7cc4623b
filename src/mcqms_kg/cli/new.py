"""`mcqms new rule`: everything a new rule needs, in the right places."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.cli.commands import Commands
from mcqms_kg.cli.grades import GRADE
from mcqms_kg.model import Grade


@click.group("new", cls=Commands)
def new() -> None:
    """Start something new in a source tree."""


@new.command("rule")
@click.argument("requirement", help="The new requirement's number, like 8.1e.")
@click.option("--class", "target", required=True, help="The class it is about, like MicroCredential.")
@click.option("--property", required=True, help="The property it asks for, like hasValidation.")
@click.option("--title", required=True, help="A short title in English.")
@click.option("--title-id", required=True, help="The same title in Indonesian.")
@click.option("--grade", type=GRADE, default=Grade.MINOR.value, help="How much a finding of the rule weighs.")
@click.option("--framework", default="mcqms", help="The framework it belongs to.")
@click.option("--root", type=options.PATH, default=Path(), help="The source tree.")
def rule(
    requirement: str, target: str, property: str, title: str, title_id: str, grade: str, framework: str, root: Path
) -> None:
    """Write a new rule's register entry, shape and two cases, ready to be filled in, and record that the shape enforces it."""
    for path in operations.new_rule(
        requirement,
        target=target,
        property_=property,
        titles={"en": title, "id": title_id},
        grade=grade,
        framework=framework,
        root=root,
    ):
        click.echo(path)
