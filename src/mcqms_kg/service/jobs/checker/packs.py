"""Files made of a check, to be downloaded: its audit pack, and the workbook with its cells marked."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mcqms_kg import operations
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.model import CheckReport, Verdict
from mcqms_kg.operations.packs import packed
from mcqms_kg.report.words import slug
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.checker.known_reports import report_of
from mcqms_kg.service.jobs.packs import Made, MarkBook, PackFiles
from mcqms_kg.settings import pack_key


def pack(work: PackFiles, _: Context) -> Made:
    """The audit pack."""
    key = pack_key()
    if work.as_they_are:
        files = [Path(name) for name in work.files]
        content, told = packed(files, key, work.profile, work.as_of, work.engine, work.language)
    else:
        content, told = operations.pack(
            work.files, key, profile=work.profile, as_of=work.as_of, engine=work.engine, language=work.language
        )
    return Made(content, {"Mcqms-Verdict": told.verdict, "Mcqms-Signed": "yes" if told.signed else "no"})


def mark(work: MarkBook, _: Context) -> Made:
    """The workbook as it came, with marks; cells that cannot be read are marked too, and then there is no verdict."""
    found: CheckReport | UnreadableCells
    try:
        found = _report(work)
        verdict = slug(found.verdict)
    except UnreadableCells as problem:
        found, verdict = problem, slug(Verdict.NOT_CHECKED)
    with tempfile.TemporaryDirectory(prefix="mcqms-marked-") as folder:
        out = Path(folder, "marked.xlsx")
        count, left = operations.annotate(work.file, out, found, language=work.language)
        about = {"Mcqms-Verdict": verdict, "Mcqms-Marked": str(count), "Mcqms-Unplaced": str(left)}
        return Made(out.read_bytes(), about)


def _report(work: MarkBook) -> CheckReport:
    """The report that is there, or one that is made now."""
    if work.report:
        found = report_of(work.report)
        assert isinstance(found, CheckReport)  # noqa: S101  # the job is a check
        return found
    return operations.check([work.file], profile=work.profile, as_of=work.as_of, engine=work.engine)
