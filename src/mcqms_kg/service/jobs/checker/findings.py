"""Findings of reports that were made before: many as a list, one whole, one in words, and what surrounds the place of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcqms_kg import operations
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import FindingHistory
from mcqms_kg.operations.kept_checks import history_of
from mcqms_kg.rules.compare import records_of
from mcqms_kg.rules.explain import explain_finding
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.finding_list import ListFindings, Page, listed
from mcqms_kg.service.jobs.finding_shown import FindingShown, ShowFinding, finding_shown
from mcqms_kg.service.jobs.work import AskHistory, ExplainFinding, ShowCell

if TYPE_CHECKING:
    from mcqms_kg.interop.workbook.excerpt import CellExcerpt


def list_findings(work: ListFindings, context: Context) -> Page:
    """Those that fit, a page of them."""
    return listed(work, context.memory.reports.report)


def show(work: ShowFinding, context: Context) -> FindingShown:
    """The finding with what it stands in. Raises `UnknownName` where no report has it."""
    for name, folder in work.folders.items():
        if found := finding_shown(name, context.memory.reports.report(folder), work.id):
            return found
    raise _no_finding(work.id)


def explain(work: ExplainFinding, context: Context) -> str:
    """The finding in words. Raises `UnknownName` where no report has it."""
    for folder in work.folders.values():
        report = context.memory.reports.report(folder)
        found = next((f for f in records_of(report, work.language) if f.id == work.id), None)
        if found:
            rulebook = operations.rulebook_for(report.profile, report.as_of)
            return explain_finding(found, rulebook, work.language)
    raise _no_finding(work.id)


def history(work: AskHistory, _: Context) -> FindingHistory | None:
    """Since when the finding stands."""
    every = operations.checks(work.dataset, profile=work.profile, workspace=work.workspace)
    return history_of(work.workspace, work.finding, [check for check in every if check.version in work.versions])


def cells(work: ShowCell, _: Context) -> CellExcerpt | None:
    """The rows around a cell of a workbook."""
    from mcqms_kg.interop.workbook.excerpt import cell_excerpt  # takes long to import: only where a workbook is shown

    return cell_excerpt(work.path, work.name, work.at)


def _no_finding(id_: str) -> UnknownName:
    return UnknownName(
        f"No check that is kept has the finding {id_[:40]!r}", remedy="Check the dataset again; ids are stable."
    )
