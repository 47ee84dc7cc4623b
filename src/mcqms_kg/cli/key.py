"""`mcqms key`: the keys that sign."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options
from mcqms_kg.cli.commands import Commands
from mcqms_kg.interop.signing.did_key import PublicKey

file = click.argument("file", type=options.PATH, help="The file of the private key.")


@click.group("key", cls=Commands)
def key() -> None:
    """Make keys that sign, and show their public part."""


@key.command("new")
@file
@click.option("--kind", default="Ed25519", help="Ed25519, which signs data, or P-256, which signs JWTs.")
def new(file: Path, kind: str) -> None:
    """Make a private key in a new file that only you can read, and show its public part."""
    _show(operations.new_key(file, kind))


@key.command("show")
@file
def show(file: Path) -> None:
    """Show the public part of a key."""
    _show(operations.public_key(file))


def _show(key: PublicKey) -> None:
    click.echo(f"did:key   {key.did}")
    click.echo(f"Multikey  {key.multikey}")
    click.echo(f"JWK       {json.dumps(key.jwk)}")
