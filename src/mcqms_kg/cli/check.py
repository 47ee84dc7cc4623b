"""`mcqms check`: a provider's data against the rulebook, clause by clause."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.cli.marking import to_mark
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import CheckReport, Verdict
from mcqms_kg.report import FORMATS, Format


def check(
    data: Annotated[
        list[Path] | None,
        typer.Argument(
            help="RDF files (.ttl .nt .nq .trig .rdf .jsonld), files of other standards, or folders of them.",
            show_default=False,
        ),
    ] = None,
    profile: options.Profile = operations.DEFAULT_PROFILE,
    as_of: options.AsOf = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", help=f"One of: {', '.join(FORMATS)}.", show_default="text, or by the file's ending"
        ),
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="Write a report to this file; repeat for several formats."),
    ] = None,
    fail_on: Annotated[
        options.FailOn, typer.Option("--fail-on", help="The lowest grade of finding that makes the exit code 1.")
    ] = options.FailOn.OPPORTUNITY,
    engine: options.Engine = operations.DEFAULT_ENGINE,
    lang: options.Lang = options.Language.ENGLISH,
    as_: options.As = None,
    dataset: Annotated[str | None, typer.Option("--dataset", help="Check what the workspace holds, not files.")] = None,
    version: Annotated[
        int | None, typer.Option("--version", help="Which version of it.", show_default="the latest")
    ] = None,
    workspace: options.Workspace = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            help="Write the checked workbook (.xlsx) to this file, with the cells marked that findings are about.",
        ),
    ] = None,
) -> None:
    """Check data against the rulebook and say, clause by clause, what conforms, what does not, and what was not checked.

    With -o, the text report still goes to standard output, unless a --format is named.
    """
    files = {path: format_for(path, format) for path in out or ()}
    shown = format_named(format or "text")
    marked = to_mark(data or (), annotate, lang)
    with marked.when_unreadable(), output.progress_bar("Checking") as progress:
        report = operations.check(
            data or (),
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
        output.deliver(chosen.write(report, lang.value), path, is_text=chosen.is_text)
    if not (files and format):
        show(report, shown, lang.value)
    raise typer.Exit(exit_code(report, fail_on))


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


def exit_code(report: CheckReport, fail_on: options.FailOn) -> int:
    """0 conformant, 1 findings at or above the grade, 2 nothing failed but something that applies was not checked."""
    grade = fail_on.grade
    if grade is None:
        return 0
    if any(finding.grade.at_least(grade) for finding in report.findings()):
        return 1
    return 2 if report.score.not_checked or report.verdict is Verdict.NOT_CHECKED else 0
