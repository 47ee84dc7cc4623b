"""What the process that checks does to export: the files, what was lost, or the report on whether the target will accept them."""

from __future__ import annotations

from typing import Any

from mcqms_kg import operations
from mcqms_kg.report import FORMATS
from mcqms_kg.report.losses import as_json
from mcqms_kg.service.work import Exported, ExportFiles


def exported(work: ExportFiles) -> Exported:
    """The part that is asked for; the work's files are read in the current folder."""
    given: dict[str, Any] = {
        "about": work.about,
        "language": work.language,
        "as_of": work.as_of,
        "base": work.base,
        "options": work.options,
    }
    if work.part == "precheck":
        found = operations.precheck(work.standard, work.files, **given)
        report = FORMATS[work.format].write(found.report, work.language)
        return Exported({"report": report}, len(found.losses))
    written = operations.export_to(work.standard, work.files, name=work.name, force=work.force, **given)
    if work.part == "losses":
        return Exported({"losses.json": as_json(work.standard, written.losses).encode()}, len(written.losses))
    return Exported(written.files, len(written.losses))
