"""`mcqms path`: from what is held to a target, and what is missing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, UnknownName

FORMATS = ("text", "json", "turtle", "svg", "html", "graphml", "gexf", "mermaid")


BEST = ("shortest", "workload", "offramps")
"""What is kept small, or for off-ramps large."""


@click.command("path")
@click.argument(
    "files",
    type=options.PATH,
    nargs=-1,
    help="RDF files, or folders of them; without any, the datasets of the workspace.",
)
@click.option(
    "--holds",
    multiple=True,
    show_default="nothing",
    help="The IRI of a credential, award, learner or unit that is held; repeat.",
)
@click.option("--to", help="The IRI of the credential or job title to reach.")
@click.option(
    "--best", type=click.Choice(BEST), default=BEST[0], help="Fewest steps, least workload, or most off-ramps."
)
@click.option("--k", type=click.IntRange(min=1, max=100), default=1, help="How many ways, or gaps, the best first.")
@click.option(
    "--missing",
    is_flag=True,
    help="What is missing, smallest first: at least three alternatives where there are so many.",
)
@click.option("--reachable", is_flag=True, help="Everything that what is held leads to, nearest first.")
@click.option(
    "--impact",
    help="What breaks if this unit, skill, credential, provider, agreement, licence, referencing or alignment is withdrawn.",
)
@click.option("--coverage", help="Which credentials cover which share of this job title.")
@click.option("--structure", help="Weak places: dead-ends, cycles, unreachable, bottlenecks, duplicates, map, drift.")
@options.as_of
@click.option("--dataset", "-d", multiple=True, show_default="all", help="Ask this dataset; repeat for several.")
@click.option("--seconds", type=float, default=10.0, help="How long to look for proofs.")
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.lang
@options.output
@options.workspace
def path(
    files: tuple[Path, ...],
    holds: tuple[str, ...],
    to: str | None,
    best: str,
    k: int,
    missing: bool,
    reachable: bool,
    impact: str | None,
    coverage: str | None,
    structure: str | None,
    as_of: str | None,
    dataset: tuple[str, ...],
    seconds: float,
    format: str,
    lang: str,
    out: Path | None,
    workspace: Path | None,
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
        _observe(*named.popitem(), files, dataset, as_of, workspace, format, lang, out)
    if reachable == (to is not None):
        raise BadValue("Give either --to or --reachable", remedy="Name a target, or ask for everything in reach.")
    report = operations.path(
        files,
        holds=holds,
        to=to,
        best=best,
        count=max(k, 3) if missing else k,
        as_of=as_of,
        seconds=seconds,
        datasets=dataset,
        workspace=workspace,
    )
    from mcqms_kg.pathway.telling.formats import write

    output.write(write(report, format, lang), out)
    sys.exit(report.exit_code)


def _observe(
    question: str,
    value: str,
    files: tuple[Path, ...],
    datasets: tuple[str, ...],
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
    sys.exit(0 if found.observations.whole else 2)
