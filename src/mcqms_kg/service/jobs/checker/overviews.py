"""Many providers by their checks: as pages show them, and as values or files."""

from __future__ import annotations

from mcqms_kg.model import Overview
from mcqms_kg.operations.overviews import How, of_kept
from mcqms_kg.report.overview import OVERVIEW_FORMATS
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.surveys import LookOver, Survey
from mcqms_kg.service.jobs.work import AskOverview, WriteOverview


def look_over(work: LookOver, context: Context) -> Survey:
    """A bounded part of the overview, as pages show it."""
    return context.memory.surveys.of(work)


def overview(work: AskOverview, _: Context) -> Overview:
    """The overview over kept checks."""
    return of_kept(work.workspace, work.versions, How(work.profile, work.as_of), work.choice, work.days)


def write(work: WriteOverview, context: Context) -> bytes:
    """The same in a format."""
    return OVERVIEW_FORMATS[work.format](overview(work.asked, context), work.language).encode()
