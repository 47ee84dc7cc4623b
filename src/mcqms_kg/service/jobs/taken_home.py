"""What is made of a check to be taken home: its audit pack, and the workbook with its cells marked; by the process that checks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mcqms_kg import operations
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.model import CheckReport, Difference, Triple, Verdict
from mcqms_kg.operations.packs import packed
from mcqms_kg.report.words import slug
from mcqms_kg.service.jobs.known_reports import report_of
from mcqms_kg.service.jobs.take_home import DiffVersions, KeptFiles, Made, MarkBook, PackFiles, WriteVersion
from mcqms_kg.settings import Settings, pack_key
from mcqms_kg.store.difference import difference
from mcqms_kg.store.export import serialized
from mcqms_kg.store.stated import kept_source, read


def packs(work: PackFiles) -> Made:
    """The pack; the work's files are read in the current folder."""
    key = pack_key()
    if work.as_they_are:
        files = [Path(name) for name in work.files]
        content, told = packed(files, key, work.profile, work.as_of, work.engine, work.language)
    else:
        content, told = operations.pack(
            work.files, key, profile=work.profile, as_of=work.as_of, engine=work.engine, language=work.language
        )
    return Made(content, {"Mcqms-Verdict": told.verdict, "Mcqms-Signed": "yes" if told.signed else "no"})


def marked(work: MarkBook) -> Made:
    """The workbook as it came, with marks; cells that cannot be read are marked too, and then there is no verdict."""
    found: CheckReport | UnreadableCells
    try:
        found = report_of_check(work)
        verdict = slug(found.verdict)
    except UnreadableCells as problem:
        found, verdict = problem, slug(Verdict.NOT_CHECKED)
    with tempfile.TemporaryDirectory(prefix="mcqms-marked-") as folder:
        out = Path(folder, "marked.xlsx")
        count, left = operations.annotate(work.file, out, found, language=work.language)
        about = {"Mcqms-Verdict": verdict, "Mcqms-Marked": str(count), "Mcqms-Unplaced": str(left)}
        return Made(out.read_bytes(), about)


def report_of_check(work: MarkBook) -> CheckReport:
    """The report that is there, or one that is made now."""
    if work.report:
        found = report_of(work.report)
        assert isinstance(found, CheckReport)  # noqa: S101  # the job is a check
        return found
    return operations.check([work.file], profile=work.profile, as_of=work.as_of, engine=work.engine)


def statements(work: WriteVersion) -> bytes:
    """The version in the syntax, literals as they were written."""
    return serialized(_read(work.files), work.syntax, work.graph)


def differing(work: DiffVersions) -> Difference:
    """What was added and removed from one version to the other."""
    old, new = (_read(side) for side in (work.old, work.new))
    return difference(old, new, Settings.from_environment().max_naming_seconds)


def _read(files: KeptFiles) -> tuple[Triple, ...]:
    return read([kept_source(path, Path(name)) for path, name in files], Settings.from_environment())
