"""`mcqms token`: who may reach the workspace through the service."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.cli.commands import Commands
from mcqms_kg.cli.output import errors
from mcqms_kg.model import Role


@click.group("token", cls=Commands)
def token() -> None:
    """Give out, list and revoke tokens for the service."""


@token.command("new")
@click.option("--name", required=True, help="Who it is for; the name stands in logs.")
@click.option("--role", required=True, help=f"One of: {', '.join(Role)}.")
@click.option(
    "--dataset",
    "-d",
    "datasets",
    multiple=True,
    help="A private dataset they see, and as a provider hand in; may be repeated.",
)
@click.option("--expires", show_default="never", help="Its last day, like 2027-06-30.")
@options.workspace
def new(name: str, role: str, datasets: tuple[str, ...], expires: str | None, workspace: Path | None) -> None:
    """Make a token and show it, this one time. Only a salted digest is kept."""
    made = operations.new_token(name, role, datasets, expires=expires, workspace=workspace)
    errors.print(f"mcqms: The token of {name}. It is not shown again.", markup=False, highlight=False)
    click.echo(made)


@token.command("list")
@options.workspace
def list_(workspace: Path | None) -> None:
    """List the tokens that were given out: for whom, with which role, until when. Their secrets are not kept."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Name", "Role", "Datasets", "Made", "Expires"):
        table.add_column(heading, overflow="fold")
    for given in operations.tokens(workspace=workspace):
        datasets = " ".join(given.datasets) or "-"
        table.add_row(given.name, given.role, datasets, f"{given.made:%Y-%m-%d}", str(given.expires or "never"))
    Console(width=None if Console().is_terminal else 120).print(table)


@token.command("revoke")
@click.argument("name", help="The name of the token.")
@options.workspace
def revoke(name: str, workspace: Path | None) -> None:
    """Make a token worthless; a service that runs refuses it from then on."""
    gone = operations.revoke_token(name, workspace=workspace)
    click.echo(f"Revoked: {gone.name}")
