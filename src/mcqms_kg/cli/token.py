"""`mcqms token`: who may reach the workspace through the service."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.cli.output import errors
from mcqms_kg.model import Role

app = typer.Typer(help="Give out, list and revoke tokens for the service.", no_args_is_help=True)


@app.command("new")
def new(
    name: Annotated[str, typer.Option("--name", help="Who it is for; the name stands in logs.")],
    role: Annotated[str, typer.Option("--role", help=f"One of: {', '.join(Role)}.")],
    datasets: Annotated[
        list[str] | None,
        typer.Option("--dataset", "-d", help="A private dataset they see, and as a provider hand in; may be repeated."),
    ] = None,
    expires: Annotated[
        str | None, typer.Option("--expires", help="Its last day, like 2027-06-30.", show_default="never")
    ] = None,
    workspace: options.Workspace = None,
) -> None:
    """Make a token and show it, this one time. Only a salted digest is kept."""
    made = operations.new_token(name, role, datasets or (), expires=expires, workspace=workspace)
    errors.print(f"mcqms: The token of {name}. It is not shown again.", markup=False, highlight=False)
    typer.echo(made)


@app.command("list")
def list_(workspace: options.Workspace = None) -> None:
    """List the tokens that were given out: for whom, with which role, until when. Their secrets are not kept."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Name", "Role", "Datasets", "Made", "Expires"):
        table.add_column(heading, overflow="fold")
    for token in operations.tokens(workspace=workspace):
        datasets = " ".join(token.datasets) or "-"
        table.add_row(token.name, token.role, datasets, f"{token.made:%Y-%m-%d}", str(token.expires or "never"))
    Console(width=None if Console().is_terminal else 120).print(table)


@app.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(help="The name of the token.")], workspace: options.Workspace = None
) -> None:
    """Make a token worthless; a service that runs refuses it from then on."""
    gone = operations.revoke_token(name, workspace=workspace)
    typer.echo(f"Revoked: {gone.name}")
