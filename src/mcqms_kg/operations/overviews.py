"""A check as a regulator looks at it, of files or of what a workspace keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.model import Choice, Overview
from mcqms_kg.operations.checking import check
from mcqms_kg.operations.defaults import DEFAULT_ENGINE, DEFAULT_PROFILE
from mcqms_kg.rules.overview import overview as looked_at
from mcqms_kg.shacl.engines import Progress

if TYPE_CHECKING:
    from mcqms_kg.operations.workspaces import Where

DAYS = 90
"""How far ahead deadlines are listed where nothing else is asked."""


def overview(
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    sector: str = "",
    level: str = "",
    kind: str = "",
    provider: str = "",
    days: int = DAYS,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
) -> Overview:
    """Every provider in the data with its verdicts and score, the score of all together, the weakest clauses, and what is due.

    `sector`, `level`, `kind` and `provider` choose among the providers; each is an IRI, the end of one, or a label. Raises `UnknownName`
    for what the data does not have, and whatever `check` raises.
    """
    choice = Choice(sector, level, kind, provider)
    report = check(
        paths,
        dataset=dataset,
        version=version,
        workspace=workspace,
        profile=profile,
        as_of=as_of,
        engine=engine,
        progress=progress,
    )
    return looked_at(report, choice, days)
