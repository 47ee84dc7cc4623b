"""`mcqms ask`: a question by name, or a SPARQL query."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from mcqms_kg import operations
from mcqms_kg.cli import options, output
from mcqms_kg.errors import BadValue, Place, UnknownName, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.formats import GRAPHS, RESULTS

FORMATS = ("text", *RESULTS, *GRAPHS)
WIDE = 10_000
"""Columns where no terminal sets them: nothing is folded."""


@click.command("ask")
@click.argument("question", required=False, help="The name of a question; without one they are listed.")
@click.argument("parameters", nargs=-1, help="Values for its parameters, like date=2026-06-30.")
@click.option("--query", "-q", type=options.PATH, help="A file with a SPARQL query; - for input.")
@click.option("--dataset", "-d", multiple=True, show_default="all", help="Ask this dataset; repeat for several.")
@click.option("--format", "-f", default="text", help=f"One of: {', '.join(FORMATS)}.")
@options.output
@options.workspace
def ask(
    question: str | None,
    parameters: tuple[str, ...],
    query: Path | None,
    dataset: tuple[str, ...],
    format: str,
    out: Path | None,
    workspace: Path | None,
) -> None:
    """Ask the datasets of the workspace a question by name, or a SPARQL query.

    A query sees the latest versions and what the package ships; every version and the provenance are graphs it may name.
    """
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    if question is None and query is None:
        _list_questions()
        return
    answer = operations.ask(
        question,
        _values(parameters),
        query=None if query is None else _read(query),
        datasets=dataset,
        formats=("json", "turtle") if format == "text" else (format,),
        workspace=workspace,
    )
    if format == "text" and answer.format == "json" and out is None:
        _show(json.loads(answer.content))
    elif out is None:
        sys.stdout.buffer.write(answer.content)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(answer.content, out)


def _values(given: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or name in found:
            raise BadValue(f"{text!r} is no value for a parameter", remedy="Write each once, like date=2026-06-30.")
        found[name] = value
    return found


def _read(query: Path) -> str:
    if str(query) == "-":
        return sys.stdin.read()
    try:
        return query.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(
            "The query cannot be read", place=Place(str(query)), remedy="Check the name."
        ) from problem


def _list_questions() -> None:
    for known in operations.questions().values():
        asked = " ".join(f"[{p.name}=]" if p.optional or p.default else f"{p.name}=" for p in known.parameters)
        click.echo(f"{known.name} {asked}".rstrip())
        click.echo(f"  {known.summary}")


def _show(answer: Mapping[str, dict[str, list[dict[str, dict[str, str]]]]]) -> None:
    """The rows as a table, terms short; or yes or no."""
    if "boolean" in answer:
        click.echo("yes" if answer["boolean"] else "no")
        return
    names = [str(name) for name in answer["head"]["vars"]]
    table = Table(box=None, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold")
    for row in answer["results"]["bindings"]:
        table.add_row(*(_short(row.get(name)) for name in names))
    Console(width=None if Console().is_terminal else WIDE).print(table, markup=False)


def _short(value: Mapping[str, str] | None) -> str:
    if value is None:
        return ""
    return terms.short(Term(f"<{value['value']}>")) if value["type"] == "uri" else value["value"]
