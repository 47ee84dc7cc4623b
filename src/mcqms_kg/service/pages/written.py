"""Where a finding is written: the lines of a file, or the rows of a workbook, around the place, from the bytes that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcqms_kg.errors import McqmsError, Place
from mcqms_kg.model import Original, Version
from mcqms_kg.service.jobs.work import ShowCell
from mcqms_kg.service.pages.page import Page, file_name
from mcqms_kg.service.pages.source import Excerpt, excerpt

if TYPE_CHECKING:
    from mcqms_kg.interop.workbook.around import Around

SHOWN, BEFORE, AFTER = 2, 3, 8
"""Places that are opened up, and lines before and after the one that is meant."""


@dataclass(frozen=True)
class Written:
    """A place with what stands there; one of the two, or nothing where it cannot be shown."""

    place: Place
    lines: Excerpt | None = None
    cells: Around | None = None


def written(page: Page, version: Version | None, places: Sequence[Place]) -> list[Written]:
    """The places in their order, the first of them with what stands there. What nobody keeps cannot be shown."""
    originals = {one.name: one for one in version.originals} if version else {}
    return [
        _shown(page, originals.get(file_name(place.file)), place) if number < SHOWN else Written(place)
        for number, place in enumerate(places)
    ]


def _shown(page: Page, original: Original | None, place: Place) -> Written:
    """Nothing is shown where the file cannot be read again: the place itself still stands there."""
    if original is None:
        return Written(place)
    try:
        path = page.serving.workspace.originals.find(original.digest)
        if place.line:
            return Written(place, lines=excerpt(path, place.line, BEFORE, AFTER))
        return Written(place, cells=page.jobs.read(ShowCell(path, original.name, place.at)) if place.at else None)
    except McqmsError:
        return Written(place)
