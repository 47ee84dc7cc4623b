"""`mcqms key`: the keys that sign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.interop.signing.did_key import PublicKey

app = typer.Typer(help="Make keys that sign, and show their public part.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="The file of the private key.")]


@app.command("new")
def new(
    file: File,
    kind: Annotated[
        str, typer.Option("--kind", help="Ed25519, which signs data, or P-256, which signs JWTs.")
    ] = "Ed25519",
) -> None:
    """Make a private key in a new file that only you can read, and show its public part."""
    _show(operations.new_key(file, kind))


@app.command("show")
def show(file: File) -> None:
    """Show the public part of a key."""
    _show(operations.public_key(file))


def _show(key: PublicKey) -> None:
    typer.echo(f"did:key   {key.did}")
    typer.echo(f"Multikey  {key.multikey}")
    typer.echo(f"JWK       {json.dumps(key.jwk)}")
