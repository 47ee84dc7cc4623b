"""`mcqms audit`: what was done to the workspace, and whether the log of it holds together."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Entry, Verified

FORMATS = ("text", "json")
_BROKEN = 1


@click.command("audit")
@click.option("--verify", is_flag=True, help="Say whether the log is whole, and from where not.")
@click.option(
    "--expect", help="With --verify: what an earlier --verify said, like 12:9f86d0...; it must still be there."
)
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.workspace
def audit(verify: bool, expect: str | None, format: str, workspace: Path | None) -> None:
    """List what was done to the workspace, by whom and how it ended, or verify that nothing of the list was changed.

    What began and did not end is listed as begun; --format json lists beginnings and ends.
    """
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    if verify or expect:
        _tell(operations.verify_audit(expect, workspace=workspace))
        return
    entries = operations.audit(workspace=workspace)
    if format == "json":
        output.write("".join(json.dumps(_as_json(entry), ensure_ascii=False) + "\n" for entry in entries), None)
        return
    Console(width=None if Console().is_terminal else 120).print(_table(entries))


def _tell(found: Verified) -> None:
    for number in found.mended:
        click.echo(f"Entry {number} tells of a line before it that was cut off")
    if found.torn:
        click.echo("The last line was cut off; the next entry will tell of it")
    if found.broken:
        click.echo(f"Broken: {found.broken}. Entries before: {found.entries}")
        sys.exit(_BROKEN)
    click.echo(f"Whole: {found.entries} entries")
    click.echo(f"Keep this elsewhere: {found.anchor}")


def _table(entries: Sequence[Entry]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Entry", "At", "Who", "Role", "Did", "About", "Outcome"):
        table.add_column(heading, overflow="fold")
    ended = {entry.begun for entry in entries}
    for entry in (entry for entry in entries if entry.number not in ended):
        deed = entry.deed
        about = " ".join(f"{key}={value[:40]}" for key, value in deed.about.items() if key not in ("graph", "digest"))
        row = (str(entry.number), entry.at[:19], deed.who, deed.role, deed.action, about, str(entry.outcome))
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    return table


def _as_json(entry: Entry) -> dict[str, object]:
    return {**entry.content, "hash": entry.hash}
