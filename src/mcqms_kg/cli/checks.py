"""`mcqms checks`: the checks that the workspace keeps, and since when a finding stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.model import FindingHistory, KeptCheck
from mcqms_kg.report.json import dumped
from mcqms_kg.report.overview_json import check_object, history_object
from mcqms_kg.report.overview_words import said
from mcqms_kg.report.words import Words, slug, visible

FORMATS = ("text", "json")


@click.command("checks")
@click.argument("dataset", required=False, help="A dataset, to list its checks alone; without one, of every dataset.")
@click.option("--profile", "-p", show_default="every profile", help="Only checks by this profile.")
@click.option("--finding", help="Tell since which check this finding of the dataset stands.")
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.lang
@options.workspace
def checks(
    dataset: str | None, profile: str | None, finding: str | None, format: str, lang: str, workspace: Path | None
) -> None:
    """List the checks of datasets that the workspace keeps, the newest first. `mcqms compare` takes two of their ids."""
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    if finding is not None:
        if dataset is None:
            raise BadValue("A finding was named without a dataset", remedy="Name the dataset too.")
        history = operations.finding_history(finding, dataset, profile=profile, workspace=workspace)
        if history is None:
            raise UnknownName(f"No check of {dataset!r} that is kept has the finding {finding!r}")
        _tell(history, format, Words(lang))
        return
    found = operations.checks(dataset, profile=profile, workspace=workspace)
    if format == "json":
        output.write(dumped([check_object(check) for check in found]), None)
    elif not found:
        click.echo(said("no-checks", lang))
    else:
        Console(width=None if Console().is_terminal else 140).print(_table(found, Words(lang)))


def _tell(history: FindingHistory, format: str, words: Words) -> None:
    if format == "json":
        output.write(dumped(history_object(history)), None)
        return
    key = "history-stands" if history.is_standing else "history-stood"
    click.echo(said(key, words.language, finding=history.id, since=_place(history.since, words)))
    if history.before:
        click.echo(said("history-before", words.language, before=_place(history.before, words)))
    click.echo(said("history-in", words.language, count=len(history.checks)))


def _place(check: KeptCheck, words: Words) -> str:
    return said("history-check", words.language, version=check.version, date=words.date(check.as_of))


COLUMNS = (
    "column-dataset",
    "column-version",
    "column-profile",
    "column-as-of",
    "column-at",
    "column-by",
    "verdict",
    "score",
    "column-findings",
    "column-id",
)


def _table(found: Sequence[KeptCheck], words: Words) -> Table:
    table = Table(box=None, pad_edge=False)
    for key in COLUMNS:
        table.add_column(said(key, words.language), overflow="fold", no_wrap=key in ("column-as-of", "column-id"))
    for c in found:
        moment = f"{c.at:%Y-%m-%d %H:%M}"
        about = (c.dataset, str(c.version), c.profile, c.as_of.isoformat(), moment, visible(c.by))
        cells = (*about, words.marked(slug(c.verdict)), words.share(c.score), str(c.findings), c.id)
        table.add_row(*map(Text, cells))
    return table
