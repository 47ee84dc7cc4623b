"""`mcqms datasets`: what the workspace holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Version

FORMATS = ("text", "json")


@click.command("datasets")
@click.argument("name", required=False, help="A dataset, to list its versions and files; without one, every dataset.")
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.workspace
def datasets(name: str | None, format: str, workspace: Path | None) -> None:
    """List the datasets of the workspace, or the versions of one: when it was handed in, by whom, in which files."""
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    found = operations.datasets(name, workspace=workspace)
    if format == "json":
        output.write(json.dumps([_as_json(version) for version in found], ensure_ascii=False, indent=2) + "\n", None)
        return
    latest = found if name else tuple({version.dataset: version for version in found}.values())
    Console(width=None if Console().is_terminal else 120).print(_table(latest))
    if name:
        for original in found[-1].originals:
            click.echo(f"{original.digest}  {original.size:>10}  {original.name}")


def _table(found: Sequence[Version]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("Dataset", "Version", "Handed in", "By", "Statements", "Files", "Title"):
        table.add_column(heading, overflow="fold")
    for v in found:
        kind = f"{v.title} (rolled back to {v.restores})" if v.restores else v.title
        kind += " (private)" if v.private else ""
        moment = f"{v.at:%Y-%m-%d %H:%M}"
        table.add_row(v.dataset, str(v.number), moment, v.by, str(v.statements), str(len(v.originals)), kind)
    return table


def _as_json(version: Version) -> dict[str, Any]:
    return {
        "dataset": version.dataset,
        "version": version.number,
        "title": version.title,
        "at": version.at.isoformat(),
        "by": version.by,
        "statements": version.statements,
        "restores": version.restores,
        "private": version.private,
        "files": [{"name": o.name, "sha256": o.digest, "bytes": o.size} for o in version.originals],
    }
