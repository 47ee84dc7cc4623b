"""Options that several verbs share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mcqms_kg.model import Grade

Data = Annotated[
    list[Path],
    typer.Argument(help="RDF files, or folders of them: .ttl .nt .nq .trig .rdf .jsonld", show_default=False),
]
As = Annotated[
    str | None,
    typer.Option("--as", help="The standard that the files are of.", show_default="seen from each file; else RDF"),
]
Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", help="The folder of the workspace.", show_default="MCQMS_WORKSPACE, else .mcqms"),
]
Dataset = Annotated[str, typer.Argument(help="The name of the dataset.")]
By = Annotated[str | None, typer.Option("--by", help="Who hands it in.", show_default="the user's name")]
Profile = Annotated[
    str, typer.Option("--profile", "-p", help="The rulebook's profile; `mcqms clauses --profiles` lists them.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The check date, like 2026-06-30.", show_default="today")]
Engine = Annotated[str, typer.Option("--engine", help="The SHACL engine.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file.", show_default="standard output")
]


class Language(StrEnum):
    """The languages of reports."""

    ENGLISH = "en"
    INDONESIAN = "id"


class FailOn(StrEnum):
    """The lowest grade of finding that makes the exit code 1."""

    MAJOR = "major"
    MINOR = "minor"
    OPPORTUNITY = "opportunity"
    NEVER = "never"

    @property
    def grade(self) -> Grade | None:
        return None if self is FailOn.NEVER else Grade(self.value)


Lang = Annotated[Language, typer.Option("--lang", "-l", help="English or Indonesian.")]
