"""Data written to a standard: the files, what was lost, or the report on whether the target will accept them."""

from __future__ import annotations

from mcqms_kg import operations
from mcqms_kg.report import FORMATS
from mcqms_kg.report.losses import as_json
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.work import Exported, ExportFiles


def export(work: ExportFiles, _: Context) -> Exported:
    """The part that is asked for."""
    wish = work.wish
    request = operations.ExportRequest(
        wish.to,
        work.files,
        about=wish.about,
        language=wish.language,
        as_of=wish.as_of,
        base=wish.base,
        options=wish.options,
        name=work.name,
    )
    if wish.part == "precheck":
        found = operations.precheck(request)
        report = FORMATS[work.format].write(found.report, wish.language)
        return Exported({"report": report}, len(found.losses))
    written = operations.export_to(request, force=wish.force)
    if wish.part == "losses":
        return Exported({"losses.json": as_json(wish.to, written.losses).encode()}, len(written.losses))
    return Exported(written.files, len(written.losses))
