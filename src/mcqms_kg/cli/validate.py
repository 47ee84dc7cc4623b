"""`mcqms validate`: plain SHACL on any data and any shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import UnknownName
from mcqms_kg.graph.columns.early import begun
from mcqms_kg.report import VALIDATION_FORMATS


@click.command("validate")
@options.data
@click.option(
    "--shapes",
    "-s",
    type=options.PATH,
    multiple=True,
    required=True,
    help="Files or folders of SHACL shapes; repeat for several.",
)
@options.engine
@click.option("--master", help="Where Spark runs, like local[4] or spark://host:7077; with --engine spark.")
@click.option("--format", "-f", default="turtle", help=f"One of: {', '.join(VALIDATION_FORMATS)}.")
@options.output
def validate(
    data: tuple[Path, ...], shapes: tuple[Path, ...], engine: str, master: str | None, format: str, out: Path | None
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
        sys.exit(2)
    sys.exit(0 if report.conforms else 1)
