"""Grades of findings as options."""

from __future__ import annotations

import click

from mcqms_kg.model import CheckReport, Grade, Verdict

GRADE = click.Choice([grade.value for grade in Grade])
OPPORTUNITY, NEVER = "opportunity", "never"
FAIL_ON = click.Choice([*GRADE.choices, NEVER])


def exit_code(report: CheckReport, fail_on: str) -> int:
    """0 conformant, 1 findings at or above the grade, 2 nothing failed but something that applies was not checked."""
    if fail_on == NEVER:
        return 0
    if any(finding.grade.at_least(Grade(fail_on)) for finding in report.findings()):
        return 1
    return 2 if report.score.not_checked or report.verdict is Verdict.NOT_CHECKED else 0
