"""What changed from one check to another."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from mcqms_kg import operations
from mcqms_kg.model import CheckReport, Comparison, FindingRecord
from mcqms_kg.report.comparison import COMPARISON_FORMATS
from mcqms_kg.rules.compare import compare_findings, records_of
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.checker.known_reports import report_of
from mcqms_kg.service.jobs.work import CompareReports, CompareShown


def compare_shown(work: CompareShown, context: Context) -> Comparison:
    """The findings of two checks side by side."""
    old, new = (records_of(context.memory.reports.report(side), work.language) for side in (work.old, work.new))
    return compare_findings(old, new)


def compare(work: CompareReports, _: Context) -> bytes:
    """The comparison in a format; data that was handed in is checked first."""
    old, new = (_records(side, work) for side in (work.old, work.new))
    return COMPARISON_FORMATS[work.format](compare_findings(old, new), work.language).encode()


def _records(side: Path, work: CompareReports) -> tuple[FindingRecord, ...]:
    if side.is_dir():
        return records_of(cast(CheckReport, report_of(side)))
    return operations.findings_of(side, profile=work.profile, as_of=work.as_of)
