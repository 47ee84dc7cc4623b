"""Where a credential is recognised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.graph.undeclared import not_understood
from mcqms_kg.model import Triple
from mcqms_kg.operations.rulebooks import as_date, background
from mcqms_kg.operations.translating import readable
from mcqms_kg.operations.workspaces import Where, at_hand
from mcqms_kg.settings import Settings
from mcqms_kg.store import versions
from mcqms_kg.store.statements import read

if TYPE_CHECKING:
    from mcqms_kg.pathway.projection.facts import Facts
    from mcqms_kg.pathway.recognition.model import Recognition


@dataclass(frozen=True)
class Recognised:
    """The answer, and the graph that its names come from."""

    answer: Recognition
    graph: Facts

    def write(self, format: str = "text", language: str = "en") -> str:
        """The answer as text, json, turtle, svg or mermaid; raises `UnknownName` for another format."""
        from mcqms_kg.pathway.recognition.told import FORMATS

        if format not in FORMATS:
            raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
        return FORMATS[format](self.graph, self.answer, language)


def recognise(
    credential: str,
    place: str,
    paths: Iterable[Path | str] = (),
    *,
    datasets: Iterable[str] = (),
    as_of: dt.date | str | None = None,
    workspace: Where = None,
    graph: Facts | None = None,
) -> Recognised:
    """Whether a credential, or an award of one, is recognised in a framework, in a country or by a body, on a day.

    The data is files, the latest versions of datasets (all where none is named and no file is given), or a `graph` that is
    asked again and again; framework facts are added to files and datasets. `place` is the IRI of a framework or a body, the
    notation of a framework such as AQRF, or the two letters of a country.
    """
    from mcqms_kg.pathway.recognition import recognising as recognition  # its library is needed for nothing else

    thing = terms.expand(credential)
    if thing is None:
        raise BadValue(f"{credential!r} is no IRI", remedy="Name the credential by its IRI.")
    known = graph if graph is not None else read_graph(paths, datasets, workspace)
    return Recognised(recognition.recognise(known, thing, place, as_date(as_of)), known)


def read_graph(paths: Iterable[Path | str] = (), datasets: Iterable[str] = (), workspace: Where = None) -> Facts:
    """Files, or else datasets, with what stands behind every check, as a graph to ask."""
    files, named = tuple(paths), tuple(datasets)
    if files and named:
        raise BadValue("Both files and datasets are given", remedy="Give one of them.")
    if files:
        with readable(files) as found:
            return graph_of(found)
    with at_hand(workspace) as opened:
        latest = {v.dataset: v for v in versions.versions(opened)}
        asked = [versions.version(opened, name) for name in named] or latest.values()
        sources = [source for version in asked for source in versions.sources(opened, version)]
        return _with_background(read(sources, Settings.from_environment()))


def graph_of(files: Sequence[Path]) -> Facts:
    """The same for files that are RDF. Raises `EmptyInput` where there is none, and for one that says nothing."""
    return _with_background(read_submitted(files).triples, files)


def _with_background(triples: Iterable[Triple], files: Sequence[Path] = ()) -> Facts:
    """Nothing that pathways read of the background is without a name, and what has none must not meet that of the data."""
    from mcqms_kg.pathway.projection.facts import Facts

    data = tuple(triples)
    strange = not_understood(data, {s for s, _, _ in background()}, files)
    named = (t for t in background() if not (terms.is_blank(t[0]) or terms.is_blank(t[2])))
    return Facts((*named, *data), strange)
