"""`mcqms check`: a provider's data against the rulebook, clause by clause."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.cli.grades import FAIL_ON, OPPORTUNITY, exit_code
from mcqms_kg.cli.marking import to_mark
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import CheckReport
from mcqms_kg.report import FORMATS, Format


@click.command("check")
@click.argument(
    "data",
    type=options.PATH,
    nargs=-1,
    help="RDF files (.ttl .nt .nq .trig .rdf .jsonld), files of other standards, or folders of them.",
)
@options.profile
@options.as_of
@click.option("--format", "-f", show_default="text, or by the file's ending", help=f"One of: {', '.join(FORMATS)}.")
@click.option(
    "--output",
    "-o",
    "out",
    type=options.PATH,
    multiple=True,
    help="Write a report to this file; repeat for several formats.",
)
@click.option(
    "--fail-on",
    type=FAIL_ON,
    default=OPPORTUNITY,
    help="The lowest grade of finding that makes the exit code 1.",
)
@options.engine
@options.lang
@options.as_
@click.option("--dataset", help="Check what the workspace holds, not files.")
@click.option("--version", type=int, show_default="the latest", help="Which version of it.")
@options.workspace
@click.option(
    "--annotate",
    type=options.PATH,
    help="Write the checked workbook (.xlsx) to this file, with the cells marked that findings are about.",
)
def check(
    data: tuple[Path, ...],
    profile: str,
    as_of: str | None,
    format: str | None,
    out: tuple[Path, ...],
    fail_on: str,
    engine: str,
    lang: str,
    as_: str | None,
    dataset: str | None,
    version: int | None,
    workspace: Path | None,
    annotate: Path | None,
) -> None:
    """Check data against the rulebook and say, clause by clause, what conforms, what does not, and what was not checked.

    With -o, the text report still goes to standard output, unless a --format is named.
    """
    files = {path: format_for(path, format) for path in out}
    shown = format_named(format or "text")
    marked = to_mark(data, annotate, lang)
    with marked.when_unreadable(), output.progress_bar("Checking") as progress:
        report = operations.check(
            data,
            dataset=dataset,
            version=version,
            workspace=workspace,
            profile=profile,
            as_of=as_of,
            engine=engine,
            standard=as_,
            progress=progress,
        )
    marked.write(report)
    for path, chosen in files.items():
        output.deliver(chosen.write(report, lang), path, is_text=chosen.is_text)
    if not (files and format):
        show(report, shown, lang)
    sys.exit(exit_code(report, fail_on))


def format_named(name: str) -> Format[CheckReport]:
    """The format of that name; raises `UnknownName`, or `Unsupported` where what it needs is not installed."""
    if name not in FORMATS:
        raise UnknownName(f"No format is named {name!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    FORMATS[name].require()
    return FORMATS[name]


def format_for(path: Path, name: str | None) -> Format[CheckReport]:
    """The format asked for, else the one whose ending the file has."""
    if name:
        return format_named(name)
    fits = [known for known in FORMATS.values() if path.name.endswith(known.ending)]
    if fits:
        return format_named(max(fits, key=lambda known: len(known.ending)).name)
    raise UnknownName(f"The ending of {path.name!r} names no format", remedy="Say which with --format.")


def show(report: CheckReport, chosen: Format[CheckReport], language: str) -> None:
    """The report on standard output, in colour where that is a terminal."""
    if chosen.name == "text" and sys.stdout.isatty():
        from rich.console import Console

        from mcqms_kg.report.text import render

        render(report, language, Console())
    else:
        output.deliver(chosen.write(report, language), None, is_text=chosen.is_text)
