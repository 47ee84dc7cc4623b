"""`mcqms workbook new`: an empty workbook for people who live in spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue

app = typer.Typer(help="Workbooks: what quality officers keep in a spreadsheet.", no_args_is_help=True)


@app.callback()
def workbook() -> None:
    """Workbooks: what quality officers keep in a spreadsheet."""


@app.command("new")
def new(
    out: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write.", show_default="book.xlsx")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write CSV files into this new folder instead, one for each sheet.")
    ] = None,
    lang: options.Lang = options.Language.ENGLISH,
    base: Annotated[
        str,
        typer.Option(
            "--base", help="The web address below which your records are named.", show_default="one of its own"
        ),
    ] = "",
) -> None:
    """Write an empty workbook: a sheet for each kind of record, with drop-down lists, and with what each column is for."""
    if out and csv:
        raise BadValue("An XLSX file and a folder of CSV files are two things", remedy="Ask for one of them.")
    written = operations.new_workbook(language=lang.value, base=base, csv=csv is not None)
    if csv is None:
        target = out or Path("book.xlsx")
        if target.exists():
            raise BadValue(f"{target} exists already", remedy="Name another file, or remove it.")
        output.write_bytes(written.files["workbook.xlsx"], target)
        typer.echo(target)
        return
    if csv.exists() and any(csv.iterdir()):
        raise BadValue(f"{csv} is not empty", remedy="Name a new folder.")
    csv.mkdir(parents=True, exist_ok=True)
    for name, content in written.files.items():
        output.write_bytes(content, csv / name)
    typer.echo(f"{csv}: {len(written.files)} files")
