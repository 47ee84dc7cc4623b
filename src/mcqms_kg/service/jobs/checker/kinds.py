"""Which function does which kind of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mcqms_kg.service.jobs import finding_list, finding_shown, packs, plans, summary, surveys, versions, work
from mcqms_kg.service.jobs.checker import checks as check
from mcqms_kg.service.jobs.checker import comparisons, exports, findings, overviews, pathways, reports, verifications
from mcqms_kg.service.jobs.checker import packs as pack
from mcqms_kg.service.jobs.checker import versions as version
from mcqms_kg.service.jobs.checker.context import Context

KINDS: Mapping[type[work.Work[Any]], Callable[[Any, Context], Any]] = {
    work.CheckFiles: check.check,
    work.ValidateFiles: check.validate,
    work.WriteReport: reports.write,
    summary.Summarise: reports.summarise,
    plans.PlanFor: reports.plan,
    finding_list.ListFindings: findings.list_findings,
    finding_shown.ShowFinding: findings.show,
    work.ExplainFinding: findings.explain,
    work.AskHistory: findings.history,
    work.ShowCell: findings.cells,
    work.CompareShown: comparisons.compare_shown,
    work.CompareReports: comparisons.compare,
    surveys.LookOver: overviews.look_over,
    work.AskOverview: overviews.overview,
    work.WriteOverview: overviews.write,
    work.AskPathways: pathways.ask,
    work.VerifyFile: verifications.verify,
    work.ExportFiles: exports.export,
    packs.PackFiles: pack.pack,
    packs.MarkBook: pack.mark,
    versions.WriteVersion: version.write,
    versions.DiffVersions: version.diff,
}
