"""`mcqms workbook new`: an empty workbook for people who live in spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.cli.commands import Commands
from mcqms_kg.errors import BadValue


@click.group("workbook", cls=Commands)
def workbook() -> None:
    """Workbooks: what quality officers keep in a spreadsheet."""


@workbook.command("new")
@click.option("--output", "-o", "out", type=options.PATH, show_default="book.xlsx", help="The file to write.")
@click.option("--csv", type=options.PATH, help="Write CSV files into this new folder instead, one for each sheet.")
@options.lang
@click.option(
    "--base", default="", show_default="one of its own", help="The web address below which your records are named."
)
def new(out: Path | None, csv: Path | None, lang: str, base: str) -> None:
    """Write an empty workbook: a sheet for each kind of record, with drop-down lists, and with what each column is for."""
    if out and csv:
        raise BadValue("An XLSX file and a folder of CSV files are two things", remedy="Ask for one of them.")
    written = operations.new_workbook(language=lang, base=base, csv=csv is not None)
    if csv is None:
        target = out or Path("book.xlsx")
        if target.exists():
            raise BadValue(f"{target} exists already", remedy="Name another file, or remove it.")
        output.write_bytes(written.files["workbook.xlsx"], target)
        click.echo(target)
        return
    if csv.exists() and any(csv.iterdir()):
        raise BadValue(f"{csv} is not empty", remedy="Name a new folder.")
    csv.mkdir(parents=True, exist_ok=True)
    for name, content in written.files.items():
        output.write_bytes(content, csv / name)
    click.echo(f"{csv}: {len(written.files)} files")
