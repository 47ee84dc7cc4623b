"""A report that was made before: written in a format, summed up, or read for what a provider has to do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from mcqms_kg.model import CheckReport
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.checker.known_reports import report_of
from mcqms_kg.service.jobs.plans import PlanFor, Planned, planned
from mcqms_kg.service.jobs.summary import Summarise, Summary, summary_of
from mcqms_kg.service.jobs.work import WriteReport


def write(work: WriteReport, _: Context) -> Path:
    """The file in which the report is now, beside it."""
    report = report_of(work.folder)
    formats = cast(Mapping[str, Any], FORMATS if isinstance(report, CheckReport) else VALIDATION_FORMATS)
    path = work.folder / f"report.{work.language}.{work.format}"
    path.write_bytes(formats[work.format].write(report, work.language))
    return path


def summarise(work: Summarise, context: Context) -> Summary:
    """The report but for its findings."""
    return summary_of(context.memory.reports.report(work.folder))


def plan(work: PlanFor, context: Context) -> Planned:
    """What a provider has to do by the report."""
    return planned(work, context.memory.reports.report(work.folder))
