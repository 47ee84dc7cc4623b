"""The structure of a graph: what breaks when something is withdrawn, what is covered, and where it is weak."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.operations.pathways import projected
from mcqms_kg.operations.recognising import read_graph
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.operations.workspaces import Where

if TYPE_CHECKING:
    from mcqms_kg.pathway.planning.landscape import Landscape
    from mcqms_kg.pathway.projection.reading import Projection
    from mcqms_kg.pathway.structure.observations import Observations


@dataclass(frozen=True)
class Observed:
    """What was found, and the landscape that its names come from."""

    observations: Observations
    landscape: Landscape

    def write(self, format: str = "text", language: str = "en") -> str:
        """What was found in a form that `path` knows too: text, json, turtle or a picture; raises `UnknownName` for another."""
        from mcqms_kg.pathway.structure.told import write

        return write(self.landscape.projection.facts, self.observations, format, language)


def survey(
    paths: Iterable[Path | str] = (),
    *,
    datasets: Iterable[str] = (),
    as_of: dt.date | str | None = None,
    workspace: Where = None,
    graph: Projection | None = None,
) -> Landscape:
    """Everything that can be earned in the data, or in a graph that was projected before, on a day; ready to be asked again and again."""
    from mcqms_kg.pathway.planning import landscape  # its libraries are needed for nothing else

    found = graph if graph is not None else projected(read_graph(paths, datasets, workspace))
    return landscape.survey(found, as_date(as_of))


def impact(thing: str, landscape: Landscape) -> Observed:
    """What breaks, and whose awards it touches, when something is withdrawn.

    That is a unit, skill, credential, provider, agreement, licence, referencing or alignment.
    """
    from mcqms_kg.pathway.structure.impact import impact

    return Observed(impact(landscape, _iri(thing)), landscape)


def coverage(occupation: str, landscape: Landscape) -> Observed:
    """Which credentials cover which share of the units and skills that an occupation requires, and what nobody covers."""
    from mcqms_kg.pathway.structure.coverage import coverage

    return Observed(coverage(landscape, _iri(occupation)), landscape)


def structure(kind: str, landscape: Landscape) -> Observed:
    """Weak places: dead-ends, cycles, unreachable, bottlenecks, duplicates, map (coverage by area and level) or drift."""
    from mcqms_kg.pathway.structure.weak_places import KINDS, structure

    if kind not in KINDS:
        raise UnknownName(f"Nothing about structure is named {kind!r}", remedy=f"Known: {', '.join(KINDS)}.")
    return Observed(structure(landscape, kind), landscape)


def _iri(text: str) -> Term:
    found = terms.expand(text)
    if found is None:
        raise BadValue(f"{text!r} is no IRI", remedy="Write it whole, like https://example.org/credential.")
    return found
