"""Where credentials lead: plans from what is held to a target, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue, McqmsError
from mcqms_kg.graph import terms
from mcqms_kg.graph.locate import locate
from mcqms_kg.model import Term
from mcqms_kg.operations.inputs import files_or_datasets
from mcqms_kg.operations.recognising import graph_of
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.operations.workspaces import Where

if TYPE_CHECKING:
    from mcqms_kg.pathway.planning.reachable import PathReport
    from mcqms_kg.pathway.projection.facts import Facts
    from mcqms_kg.pathway.projection.reading import Projection


def path(
    paths: Iterable[Path | str] = (),
    *,
    holds: Iterable[str] = (),
    to: str | None = None,
    best: str = "shortest",
    count: int = 1,
    as_of: dt.date | str | None = None,
    seconds: float = 10.0,
    datasets: Iterable[str] = (),
    workspace: Where = None,
    graph: Projection | None = None,
    places: bool = True,
) -> PathReport:
    """How to get from what is held to a target: the best ways with their proofs, or the smallest gaps where there is no way.

    The data is files, or the latest versions of datasets (all where none is named and no file is given).

    `holds` are IRIs of credentials, awards, learners (all their awards) or competency units; `to` is a credential or a job title, and
    without it everything in reach is answered. `best` is shortest, workload or offramps. Work stops after `seconds`, and the answer says
    what is then not proven. A `graph` that was projected from the same files is asked again and again; without `places` no lines of files
    are looked for. Raises `UnknownName` for an IRI that the data does not hold, with what is close.
    """
    try:
        from mcqms_kg.pathway.planning.answers import Question
        from mcqms_kg.pathway.planning.reachable import report
        from mcqms_kg.pathway.telling.reasons import subjects
    except ModuleNotFoundError as problem:
        raise McqmsError(
            f"Planning needs {problem.name}", remedy="Install it with: pip install 'mcqms-kg[plan]'."
        ) from problem
    question = Question(
        tuple(map(_iri, holds)), _iri(to) if to else None, as_date(as_of), best, count, seconds=_positive(seconds)
    )
    given = tuple(paths)
    with nullcontext(()) if graph is not None and not given else files_or_datasets(given, datasets, workspace) as files:
        projection = graph if graph is not None else projected(graph_of(files))
        found = report(projection, question)
        return replace(found, lines=locate(files, subjects(projection, found.answers))) if places else found


def projected(graph: Facts) -> Projection:
    """A graph that was read as pathways see it, ready to be asked again and again."""
    from mcqms_kg.pathway.projection.reading import project_facts  # its library is needed for nothing else

    return project_facts(graph)


def _iri(text: str) -> Term:
    found = terms.expand(text)
    if found is None:
        raise BadValue(f"{text!r} is no IRI", remedy="Write it whole, like https://example.org/credential.")
    return found


def _positive(seconds: float) -> float:
    if not 0 < seconds <= 3600:
        raise BadValue(f"{seconds} seconds cannot be used", remedy="Give a number above 0 and up to 3600.")
    return seconds
