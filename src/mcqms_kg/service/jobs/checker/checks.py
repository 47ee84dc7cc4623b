"""Checks and validations; the report stays in the folder of the request, and what it comes to is the answer."""

from __future__ import annotations

import pickle
from pathlib import Path

from mcqms_kg import operations
from mcqms_kg.model import CheckReport, ValidationReport
from mcqms_kg.operations.kept_checks import written
from mcqms_kg.report.words import slug
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.checker.known_reports import REPORT
from mcqms_kg.service.jobs.work import KEPT, CheckFiles, Outcome, ValidateFiles


def check(work: CheckFiles, context: Context) -> Outcome:
    """Checks files; those of a dataset from what is remembered of the version before."""
    files = [Path(name) for name in work.files]
    report = _followed(work, files, context) if work.follows else _checked(work, files, context)
    if work.kept_as:
        (context.request.folder / KEPT).write_bytes(written(report, work.kept_as))
    else:
        _put(report, context)
    score = report.score
    return Outcome(slug(report.verdict), len(report.findings()), {"share": score.share, "waived": len(report.waived())})


def validate(work: ValidateFiles, context: Context) -> Outcome:
    """Validates files against shapes: not checked where the shapes met nothing."""
    report = operations.validate(
        work.data, work.shapes, engine=work.engine, located=False, progress=context.progress, cancel=context.cancel
    )
    _put(report, context)
    verdict = "conformant" if report.conforms else "nonconformant"
    return Outcome(verdict if any(report.focus_nodes.values()) else "not-checked", len(report.results))


def _checked(work: CheckFiles, files: list[Path], context: Context) -> CheckReport:
    return operations.check(
        files,
        profile=work.profile,
        as_of=work.as_of,
        engine=work.engine,
        progress=context.progress,
        cancel=context.cancel,
    )


def _followed(work: CheckFiles, files: list[Path], context: Context) -> CheckReport:
    following = context.memory.take(work)
    report = following.check(files, progress=context.progress, cancel=context.cancel)
    context.memory.keep(work, following, context.request.kept_statements)
    return report


def _put(report: CheckReport | ValidationReport, context: Context) -> None:
    (context.request.folder / REPORT).write_bytes(pickle.dumps(report))
