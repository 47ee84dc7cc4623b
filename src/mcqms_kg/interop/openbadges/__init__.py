"""Open Badges 3.0: credentials of ours as achievements and badges, and those of others in our terms."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Taken, Wanted, Written
from mcqms_kg.settings import Settings


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What a badge or an achievement says in our terms."""
    from mcqms_kg.interop.openbadges import reading

    return reading.read(path, called, settings)


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """Achievements of micro-credentials and, not yet signed, badges of awards."""
    from mcqms_kg.interop.openbadges import writing

    return writing.write(graph, wanted)
