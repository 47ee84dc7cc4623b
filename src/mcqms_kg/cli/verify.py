"""`mcqms verify`: whether a file can be believed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.model import Proof
from mcqms_kg.report.verification import VERIFICATION_FORMATS

EXIT_CODES = {Proof.GOOD: 0, Proof.FAILED: 1, Proof.UNCHECKED: 2}


@click.command("verify")
@click.argument("file", type=options.PATH, help="An audit pack, or a badge: JSON, a JWT, or an image with one in it.")
@click.option(
    "--trust",
    "-t",
    type=options.PATH,
    multiple=True,
    help="Known issuers: a JSON list, or a DID document; for a pack also a did:key, or a file with one.",
)
@click.option(
    "--status",
    type=options.PATH,
    multiple=True,
    help="A status list that you have fetched from its issuer; can be repeated.",
)
@click.option(
    "--data", type=options.PATH, multiple=True, help="Files whose organisations are known as issuers; can be repeated."
)
@click.option("--dataset", "-d", help="A dataset whose organisations are known as issuers.")
@click.option(
    "--context",
    multiple=True,
    metavar="URL=FILE",
    help="A JSON-LD context that is not shipped, in a file; can be repeated.",
)
@options.as_of
@options.lang
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(VERIFICATION_FORMATS)}.")
@options.output
@options.workspace
def verify(
    file: Path,
    trust: tuple[Path, ...],
    status: tuple[Path, ...],
    data: tuple[Path, ...],
    dataset: str | None,
    context: tuple[str, ...],
    as_of: str | None,
    lang: str,
    format: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    """Say whether a file can be believed, point by point. Nothing is fetched.

    Exit codes: 0 good, 1 not good, 2 could not check.
    """
    if format not in VERIFICATION_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(VERIFICATION_FORMATS)}.")
    found = operations.verify(
        file,
        as_of=as_of,
        trust=trust,
        lists=status,
        data=data,
        dataset=dataset,
        workspace=workspace,
        contexts=dict(map(_named_file, context)),
    )
    output.write(VERIFICATION_FORMATS[format](found, lang), out)
    sys.exit(EXIT_CODES[found.proof])


def _named_file(given: str) -> tuple[str, Path]:
    """The address and the file; an address may hold equals signs, the name of the file may not."""
    url, _, file = given.rpartition("=")
    if not url or not file:
        raise BadValue(f"{given!r} names no context", remedy="Write --context URL=FILE.")
    return url, Path(file)
