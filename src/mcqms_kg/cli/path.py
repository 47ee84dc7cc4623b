"""`mcqms path`: from what is held to a target, and what is missing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, UnknownName

FORMATS = ("text", "json", "turtle", "svg", "html", "graphml", "gexf", "mermaid")


class Best(StrEnum):
    """What is kept small, or for off-ramps large."""

    SHORTEST = "shortest"
    WORKLOAD = "workload"
    OFFRAMPS = "offramps"


def path(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="RDF files, or folders of them.", show_default="the datasets of the workspace"),
    ] = None,
    holds: Annotated[
        list[str] | None,
        typer.Option(
            "--holds",
            help="The IRI of a credential, award, learner or unit that is held; repeat.",
            show_default="nothing",
        ),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="The IRI of the credential or job title to reach.")] = None,
    best: Annotated[
        Best, typer.Option("--best", help="Fewest steps, least workload, or most off-ramps.")
    ] = Best.SHORTEST,
    k: Annotated[int, typer.Option("--k", help="How many ways, or gaps, the best first.", min=1, max=100)] = 1,
    missing: Annotated[
        bool,
        typer.Option(
            "--missing", help="What is missing, smallest first: at least three alternatives where there are so many."
        ),
    ] = False,
    reachable: Annotated[
        bool, typer.Option("--reachable", help="Everything that what is held leads to, nearest first.")
    ] = False,
    impact: Annotated[
        str | None,
        typer.Option(
            "--impact",
            help="What breaks if this unit, skill, credential, provider, agreement, licence, referencing or alignment is withdrawn.",
        ),
    ] = None,
    coverage: Annotated[
        str | None, typer.Option("--coverage", help="Which credentials cover which share of this job title.")
    ] = None,
    structure: Annotated[
        str | None,
        typer.Option(
            "--structure", help="Weak places: dead-ends, cycles, unreachable, bottlenecks, duplicates, map, drift."
        ),
    ] = None,
    as_of: options.AsOf = None,
    dataset: Annotated[
        list[str] | None,
        typer.Option("--dataset", "-d", help="Ask this dataset; repeat for several.", show_default="all"),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", help="How long to look for proofs.")] = 10.0,
    format: Annotated[str, typer.Option("--format", "-f", help=f"One of: {', '.join(FORMATS)}.")] = "text",
    lang: options.Lang = options.Language.ENGLISH,
    out: options.Output = None,
    workspace: options.Workspace = None,
) -> None:
    """Say how to get from what is held to a credential or job title, with the proof; or what is missing, and why.

    Exit codes: 0 reachable, 1 not reachable, 2 could not decide. --impact, --coverage and --structure ask about the graph itself:
    0 answered, 2 where there is more than is told or a rule could not be decided.
    """
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    asked = {"impact": impact, "coverage": coverage, "structure": structure}
    named = {name: value for name, value in asked.items() if value is not None}
    if named:
        if len(named) > 1 or to or reachable or holds:
            raise BadValue("Several questions are asked at once", remedy="Ask one of them.")
        _observe(*named.popitem(), files or [], dataset or [], as_of, workspace, format, lang.value, out)
    if reachable == (to is not None):
        raise BadValue("Give either --to or --reachable", remedy="Name a target, or ask for everything in reach.")
    report = operations.path(
        files or (),
        holds=holds or (),
        to=to,
        best=best.value,
        count=max(k, 3) if missing else k,
        as_of=as_of,
        seconds=seconds,
        datasets=dataset or (),
        workspace=workspace,
    )
    from mcqms_kg.pathway.telling.formats import write

    output.write(write(report, format, lang.value), out)
    raise typer.Exit(report.exit_code)


def _observe(
    question: str,
    value: str,
    files: list[Path],
    datasets: list[str],
    as_of: str | None,
    workspace: Path | None,
    format: str,
    language: str,
    out: Path | None,
) -> NoReturn:
    """A question about the structure; exit code 2 where there is more than is told, or a rule could not be decided."""
    landscape = operations.survey(files, datasets=datasets, as_of=as_of, workspace=workspace)
    ask = {"impact": operations.impact, "coverage": operations.coverage, "structure": operations.structure}[question]
    found = ask(value, landscape)
    output.write(found.write(format, language), out)
    raise typer.Exit(0 if found.observations.whole else 2)
