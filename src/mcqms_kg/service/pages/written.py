"""Where a finding is written: the lines of a file, or the rows of a workbook, around the place, from the bytes that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import McqmsError, Place
from mcqms_kg.service.jobs.given_files import given_files, path_of
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.jobs.work import ShowCell
from mcqms_kg.service.pages.page import Page, file_name
from mcqms_kg.service.pages.source import Excerpt, excerpt

if TYPE_CHECKING:
    from mcqms_kg.interop.workbook.excerpt import CellExcerpt

SHOWN, BEFORE, AFTER = 2, 3, 8
"""Places that are opened up, and lines before and after the one that is meant."""


@dataclass(frozen=True)
class Written:
    """A place with what stands there; one of the two, or nothing where it cannot be shown. Whether the file is kept at all."""

    place: Place
    is_kept: bool = False
    lines: Excerpt | None = None
    cells: CellExcerpt | None = None


def written(page: Page, job: Job, places: Sequence[Place]) -> list[Written]:
    """The places in their order, the first of them with what stands there. What nobody keeps cannot be shown."""
    return [_shown(page, job, place) if number < SHOWN else Written(place) for number, place in enumerate(places)]


def kept_file(page: Page, job: Job, name: str) -> Path | None:
    """Where the bytes of a file lie that a check looked at: as the workspace keeps them, or as they were handed in for it alone."""
    if job.version is None:
        return path_of(job, name) if name in given_files(job) else None
    original = next((one for one in job.version.originals if one.name == file_name(name)), None)
    return page.serving.workspace.originals.find(original.digest) if original else None


def _shown(page: Page, job: Job, place: Place) -> Written:
    """Nothing is shown where the file cannot be read again: the place itself still stands there."""
    try:
        path = kept_file(page, job, place.file)
        if path is None:
            return Written(place)
        if place.line:
            return Written(place, True, lines=excerpt(path, place.line, BEFORE, AFTER))
        cells = page.jobs.read(ShowCell(path, file_name(place.file), place.at)) if place.at else None
        return Written(place, True, cells=cells)
    except (McqmsError, OSError):  # files that were handed in may be let go while they are looked at
        return Written(place)
