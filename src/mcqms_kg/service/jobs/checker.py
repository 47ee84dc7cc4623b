"""The process that checks: `python -m mcqms_kg.service.jobs.checker`. It keeps datasets that it checked, and may be killed."""

from __future__ import annotations

import os
import pickle
import traceback
from collections import OrderedDict
from collections.abc import Mapping
from functools import singledispatchmethod
from pathlib import Path
from typing import Any, cast

import duckdb

from mcqms_kg import operations
from mcqms_kg.errors import McqmsError, UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.model import (
    CheckReport,
    Comparison,
    Difference,
    FindingHistory,
    FindingRecord,
    Overview,
    Term,
    ValidationReport,
)
from mcqms_kg.operations.keeping import history_of, written
from mcqms_kg.operations.overviews import How, of_kept
from mcqms_kg.operations.rechecking import Following
from mcqms_kg.processes import Tell, bound_memory, serve_telling
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS
from mcqms_kg.report.comparison import COMPARISON_FORMATS
from mcqms_kg.report.overview import OVERVIEW_FORMATS
from mcqms_kg.report.words import slug
from mcqms_kg.rules.compare import compare_findings, records_of
from mcqms_kg.rules.explain import explain_finding
from mcqms_kg.service.jobs.asking import answered
from mcqms_kg.service.jobs.digests import FindingShown, Summary, finding_shown, summary_of
from mcqms_kg.service.jobs.exporting import exported
from mcqms_kg.service.jobs.known_reports import REPORT, KnownReports, report_of
from mcqms_kg.service.jobs.listing import listed
from mcqms_kg.service.jobs.plans import Planned, planned
from mcqms_kg.service.jobs.surveys import Survey, Surveys
from mcqms_kg.service.jobs.take_home import DiffVersions, Made, MarkBook, PackFiles, WriteVersion
from mcqms_kg.service.jobs.taken_home import differing, marked, packs, statements
from mcqms_kg.service.jobs.work import (
    KEPT,
    AskHistory,
    AskOverview,
    AskPathways,
    CheckFiles,
    CompareReports,
    CompareShown,
    ExplainFinding,
    Exported,
    ExportFiles,
    ListFindings,
    LookOver,
    Outcome,
    Page,
    PlanFor,
    Request,
    ShowCell,
    ShowFinding,
    Step,
    Summarise,
    ValidateFiles,
    VerifyFile,
    WriteReport,
)


class Checker:
    """Does one thing at a time, and can be told to stop."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, ...], Following] = OrderedDict()
        self._known = KnownReports()
        self._surveys = Surveys(self._known.report)
        self._stopped: set[str] = set()
        self._cancel = Cancel()
        self._request: Request | None = None
        self._tell: Tell = print
        self._is_bounded = False

    def answer(self, request: Request, tell: Tell) -> Any:
        """What the work asks for. Raises a `McqmsError` that says why not, `Cancelled` where it was stopped."""
        if not self._is_bounded:
            bound_memory(request.memory_mb)
            self._is_bounded = True
        os.chdir("/")  # the folder of the work before may be gone
        self._tell, self._cancel, self._request = tell, Cancel(), request
        if request.name in self._stopped:
            self._cancel.cancel()
        try:
            return self._do(request.work)
        except (McqmsError, MemoryError):
            raise
        except duckdb.OutOfMemoryException as problem:
            raise MemoryError from problem
        except Exception as problem:  # one odd file must not end the process; what it was is told by name
            traceback.print_exc()  # for whoever reads what the process wrote
            raise Unsupported(
                f"What was handed in cannot be worked at ({type(problem).__name__})", remedy="Say it more simply."
            ) from problem

    def stop(self, name: str) -> None:
        """From another thread."""
        self._stopped.add(name)
        if self._request and self._request.name == name:
            self._cancel.cancel()

    def _step(self, done: int, total: int, shape: Term) -> None:
        self._tell(Step(done, total, terms.short(shape)))

    @singledispatchmethod
    def _do(self, work: Any) -> Any:
        raise NotImplementedError(work)  # every kind of work is registered below; another is our mistake

    @_do.register
    def _check(self, work: CheckFiles) -> Outcome:
        os.chdir(work.root)
        files = [Path(name) for name in work.files]
        report = self._followed(work, files) if work.follows else self._checked(work, files)
        if work.kept_as:
            self._put(KEPT, written(report, work.kept_as))
        else:
            self._write(report)
        verdict, score = slug(report.verdict), report.score
        return Outcome(verdict, len(report.findings()), {"share": score.share, "waived": len(report.waived())})

    def _checked(self, work: CheckFiles, files: list[Path]) -> CheckReport:
        return operations.check(
            files, profile=work.profile, as_of=work.as_of, engine=work.engine, progress=self._step, cancel=self._cancel
        )

    def _followed(self, work: CheckFiles, files: list[Path]) -> CheckReport:
        """As `check`, from what is kept of the version before."""
        key = (work.follows, work.profile, work.as_of.isoformat())
        following = self._kept.pop(key, None) or Following(work.as_of, work.profile)
        report = following.check(files, progress=self._step, cancel=self._cancel)
        self._kept[key] = following
        limit = cast(Request, self._request).kept_statements
        while sum(kept.statements for kept in self._kept.values()) > limit:
            self._kept.popitem(last=False)[1].close()
        return report

    @_do.register
    def _validate(self, work: ValidateFiles) -> Outcome:
        os.chdir(work.root)
        report = operations.validate(
            work.data, work.shapes, engine=work.engine, located=False, progress=self._step, cancel=self._cancel
        )
        self._write(report)
        verdict = "conformant" if report.conforms else "nonconformant"
        if not any(report.focus_nodes.values()):
            verdict = "not-checked"
        return Outcome(verdict, len(report.results))

    def _write(self, report: CheckReport | ValidationReport) -> None:
        self._put(REPORT, pickle.dumps(report))

    def _put(self, name: str, content: bytes) -> None:
        (cast(Request, self._request).folder / name).write_bytes(content)

    @_do.register
    def _written(self, work: WriteReport) -> Path:
        report = report_of(work.folder)
        formats = cast(Mapping[str, Any], FORMATS if isinstance(report, CheckReport) else VALIDATION_FORMATS)
        path = work.folder / f"report.{work.language}.{work.format}"
        path.write_bytes(formats[work.format].write(report, work.language))
        return path

    @_do.register
    def _listed(self, work: ListFindings) -> Page:
        return listed(work, self._known.report)

    @_do.register
    def _explained(self, work: ExplainFinding) -> str:
        for folder in work.folders.values():
            report = self._known.report(folder)
            found = next((f for f in records_of(report, work.language) if f.id == work.id), None)
            if found:
                rulebook = operations.rulebook_for(report.profile, report.as_of)
                return explain_finding(found, rulebook, work.language)
        raise _no_finding(work.id)

    @_do.register
    def _summarised(self, work: Summarise) -> Summary:
        return summary_of(self._known.report(work.folder))

    @_do.register
    def _shown(self, work: ShowFinding) -> FindingShown:
        for name, folder in work.folders.items():
            if found := finding_shown(name, self._known.report(folder), work.id):
                return found
        raise _no_finding(work.id)

    @_do.register
    def _cell(self, work: ShowCell) -> Any:
        from mcqms_kg.interop.workbook.around import around  # takes long to import: only where a workbook is shown

        return around(work.path, work.name, work.at)

    @_do.register
    def _looked_over(self, work: LookOver) -> Survey:
        return self._surveys.of(work)

    @_do.register
    def _planned(self, work: PlanFor) -> Planned:
        return planned(work, self._known.report(work.folder))

    @_do.register
    def _side_by_side(self, work: CompareShown) -> Comparison:
        old, new = (records_of(self._known.report(side), work.language) for side in (work.old, work.new))
        return compare_findings(old, new)

    @_do.register
    def _compared(self, work: CompareReports) -> bytes:
        os.chdir(work.root)
        old, new = (self._records(side, work) for side in (work.old, work.new))
        return as_bytes(COMPARISON_FORMATS[work.format](compare_findings(old, new), work.language))

    @_do.register
    def _verified(self, work: VerifyFile) -> bytes:
        from mcqms_kg.report.verification import VERIFICATION_FORMATS

        os.chdir(work.root)
        found = operations.verify(
            work.file,
            as_of=work.as_of,
            trust=work.trust,
            lists=work.lists,
            data=work.data,
            called=work.file.name,
        )
        return as_bytes(VERIFICATION_FORMATS[work.format](found, work.language))

    @_do.register
    def _asked(self, work: AskPathways) -> bytes:
        os.chdir(work.root)
        return as_bytes(answered(work))

    @_do.register
    def _exported(self, work: ExportFiles) -> Exported:
        os.chdir(work.root)
        return exported(work)

    @_do.register
    def _packed(self, work: PackFiles) -> Made:
        os.chdir(work.root)
        return packs(work)

    @_do.register
    def _marked(self, work: MarkBook) -> Made:
        os.chdir(work.root)
        return marked(work)

    @_do.register
    def _of_versions(self, work: WriteVersion | DiffVersions) -> bytes | Difference:
        return statements(work) if isinstance(work, WriteVersion) else differing(work)

    @_do.register
    def _overview(self, work: AskOverview) -> Overview | bytes:
        how = How(work.profile, work.as_of)
        found = of_kept(work.workspace, work.versions, how, work.choice, work.days)
        return found if work.format is None else as_bytes(OVERVIEW_FORMATS[work.format](found, work.language))

    @_do.register
    def _history(self, work: AskHistory) -> FindingHistory | None:
        every = operations.checks(work.dataset, profile=work.profile, workspace=work.workspace)
        return history_of(work.workspace, work.finding, [check for check in every if check.version in work.versions])

    def _records(self, side: Path, work: CompareReports) -> tuple[FindingRecord, ...]:
        if side.is_dir():
            return records_of(cast(CheckReport, report_of(side)))
        return operations.findings_of(side, profile=work.profile, as_of=work.as_of)


def _no_finding(id_: str) -> UnknownName:
    return UnknownName(
        f"No check that is kept has the finding {id_[:40]!r}", remedy="Check the dataset again; ids are stable."
    )


def as_bytes(written: str | bytes) -> bytes:
    """A report as it goes into a file."""
    return written.encode() if isinstance(written, str) else written


if __name__ == "__main__":
    checker = Checker()
    serve_telling(checker.answer, checker.stop)
