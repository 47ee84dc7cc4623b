"""`mcqms clauses`: the rulebook as a list."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.graph.index import in_language


@click.command("clauses")
@options.profile
@options.lang
@click.option("--profiles", is_flag=True, help="List the profiles instead.")
def clauses(profile: str, lang: str, profiles: bool) -> None:
    """List the clauses and requirements of a profile: what each asks, of whom, and how much it weighs."""
    console = Console(width=None if Console().is_terminal else 160)
    if profiles:
        for found in operations.profiles():
            console.print(f"[bold]{found.name}[/bold]  {in_language(found.label, lang)}")
        return
    for listed in operations.clauses(profile):
        heading = f"{listed.clause.notation} {in_language(listed.clause.label, lang)}"
        table = Table(title=heading, title_justify="left", box=None, show_header=False, padding=(0, 1))
        for width in (6, 12, 13):
            table.add_column(width=width)
        for entry in listed.requirements:
            applies = entry.grade.value if entry.applies else "–"
            table.add_row(
                entry.requirement.notation,
                applies,
                entry.requirement.status,
                in_language(entry.requirement.wording, lang),
            )
        console.print(table)
