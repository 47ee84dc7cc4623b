"""Checks of what a workspace holds are kept there: written once, found again, told apart, and listed."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.model import CheckReport, FindingHistory, KeptCheck, TrendPoint
from mcqms_kg.operations.workspaces import Where, folder_of, now
from mcqms_kg.rules.outline import outline
from mcqms_kg.rules.trend import history, trend
from mcqms_kg.settings import Settings
from mcqms_kg.store import checks as store
from mcqms_kg.store.workspace import marked


@dataclass(frozen=True)
class KeptAs:
    """Under what a check is kept: its id, of which version of a dataset it is, who asked for it in which role, and when."""

    id: str
    dataset: str
    version: int
    by: str
    role: str
    at: dt.datetime


def new_id() -> str:
    """An id that no other check has."""
    return secrets.token_hex(16)


def written(report: CheckReport, kept_as: KeptAs) -> bytes:
    """The file of a check, to be kept."""
    return store.written(described(report, kept_as), outline(report), report)


def described(report: CheckReport, kept_as: KeptAs) -> KeptCheck:
    """What is listed of a check."""
    return KeptCheck(
        id=kept_as.id,
        dataset=kept_as.dataset,
        version=kept_as.version,
        profile=report.profile,
        as_of=report.as_of,
        at=kept_as.at,
        by=kept_as.by,
        role=kept_as.role,
        engine=report.engine,
        software=report.version,
        rulebook_digest=report.rulebook_digest,
        verdict=report.verdict,
        score=report.score,
        findings=len(report.findings()),
        waived=len(report.waived()),
    )


def keep(report: CheckReport, dataset: str, version: int, by: str, role: str, folder: Path) -> KeptCheck:
    """Keeps a check in a workspace; it is there for good when this returns."""
    kept_as = KeptAs(new_id(), dataset, version, by, role, now())
    check = described(report, kept_as)
    store.keep(folder, check, written(report, kept_as), Settings.from_environment().kept_checks)
    return check


def take(file: Path, folder: Path) -> KeptCheck:
    """Keeps a file of a check that was `written` elsewhere."""
    check = store.says(file)
    store.keep(folder, check, file.read_bytes(), Settings.from_environment().kept_checks)
    return check


def checks(dataset: str | None = None, *, profile: str | None = None, workspace: Where = None) -> tuple[KeptCheck, ...]:
    """The checks that the workspace keeps, of one dataset or of all, the newest first; a service may run meanwhile."""
    found = store.kept(_folder(workspace), dataset)
    return tuple(check for check in found if profile in (None, check.profile))


def kept_report(id: str, *, workspace: Where = None) -> CheckReport:
    """The whole report of a kept check."""
    folder = _folder(workspace)
    return store.read_report(store.file_of(folder, store.find(folder, id)))


def trend_of(
    folder: Path, known: Sequence[KeptCheck], is_wanted: Callable[[str], bool] | None = None
) -> tuple[TrendPoint, ...]:
    """The scores of these checks, in the order of their dates and versions."""
    return trend([(check, store.read_outline(store.file_of(folder, check))) for check in known], is_wanted)


def finding_history(
    finding: str, dataset: str, *, profile: str | None = None, workspace: Where = None
) -> FindingHistory | None:
    """Since which version and date a finding of a dataset stands, by the checks that are kept; nothing where none has it."""
    return history_of(_folder(workspace), finding, checks(dataset, profile=profile, workspace=workspace))


def history_of(folder: Path, finding: str, known: Sequence[KeptCheck]) -> FindingHistory | None:
    """The same by these checks."""
    outlines = [(check, store.read_outline(store.file_of(folder, check))) for check in known]
    return history(finding.removeprefix("finding:"), outlines)


def _folder(workspace: Where) -> Path:
    return marked(folder_of(workspace))
