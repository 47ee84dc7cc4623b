"""`mcqms validate`: plain SHACL on any data and any shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.graph.columns.early import begun
from mcqms_kg.report import VALIDATION_FORMATS


def validate(
    data: options.Data,
    shapes: Annotated[
        list[Path], typer.Option("--shapes", "-s", help="Files or folders of SHACL shapes; repeat for several.")
    ],
    engine: options.Engine = operations.DEFAULT_ENGINE,
    master: Annotated[
        str | None,
        typer.Option("--master", help="Where Spark runs, like local[4] or spark://host:7077; with --engine spark."),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(VALIDATION_FORMATS)}.")] = "turtle",
    out: options.Output = None,
) -> None:
    """Validate any data against any SHACL shapes and write the W3C validation report."""
    if format not in VALIDATION_FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(VALIDATION_FORMATS)}.")
    chosen = VALIDATION_FORMATS[format]
    chosen.require()
    with begun(data), output.progress_bar("Validating") as progress:  # files are read while libraries are imported
        chosen.make_ready()
        report = operations.validate(data, shapes, engine=engine, master=master, progress=progress)
    output.deliver(chosen.write(report, "en"), out, is_text=chosen.is_text)
    output.tell_who_decided(report.engines, engine)
    output.tell_what_was_passed_over(report.passed_over)
    if not any(report.focus_nodes.values()):
        output.errors.print("mcqms: No target of the shapes met any node: nothing was validated.", style="yellow")
        raise typer.Exit(2)
    raise typer.Exit(0 if report.conforms else 1)
