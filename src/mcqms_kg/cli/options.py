"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

from mcqms_kg import operations

PATH = click.Path(path_type=Path)

data = click.argument(
    "data",
    type=PATH,
    nargs=-1,
    required=True,
    help="RDF files, or folders of them: .ttl .nt .nq .trig .rdf .jsonld",
)
as_ = click.option(
    "--as", "as_", help="The standard that the files are of.", show_default="seen from each file; else RDF"
)
workspace = click.option(
    "--workspace",
    "-w",
    type=PATH,
    help="The folder of the workspace.",
    show_default="MCQMS_WORKSPACE, else .mcqms",
)
dataset = click.argument("dataset", help="The name of the dataset.")
by = click.option("--by", help="Who hands it in.", show_default="the user's name")
profile = click.option(
    "--profile",
    "-p",
    default=operations.DEFAULT_PROFILE,
    help="The rulebook's profile; `mcqms clauses --profiles` lists them.",
)
as_of = click.option("--as-of", help="The check date, like 2026-06-30.", show_default="today")
engine = click.option("--engine", default=operations.DEFAULT_ENGINE, help="The SHACL engine.")
output = click.option("--output", "-o", "out", type=PATH, help="Write to this file.", show_default="standard output")
lang = click.option("--lang", "-l", type=click.Choice(["en", "id"]), default="en", help="English or Indonesian.")
