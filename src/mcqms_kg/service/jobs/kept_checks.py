"""The checks of datasets that the workspace keeps, as jobs that have come to their end: they outlast the service."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from mcqms_kg.model import KeptCheck, Version
from mcqms_kg.operations.kept_checks import take
from mcqms_kg.report.words import slug
from mcqms_kg.service.jobs.job import Job, State
from mcqms_kg.service.jobs.work import KEPT, CheckFiles, Outcome
from mcqms_kg.store import checks as store
from mcqms_kg.store.durable import linked
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import Workspace


class KeptChecks:
    """Known from the files at the beginning, and then from what is kept. Without a workspace there are none."""

    def __init__(self, workspace: Workspace | None, scratch: Path | None = None) -> None:
        self._workspace = workspace
        self._folder = Path(tempfile.mkdtemp(prefix="mcqms-kept-", dir=scratch))
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        if workspace:
            every = {(v.dataset, v.number): v for v in versions(workspace)}
            for check in store.kept(workspace.folder):
                if version := every.get((check.dataset, check.version)):
                    self._jobs[check.id] = self._job(check, version)

    def find(self, id_: str) -> Job | None:
        """The check of that id."""
        return self._jobs.get(id_)

    def every(self) -> tuple[Job, ...]:
        """All checks that are kept."""
        return tuple(self._jobs.values())

    def keep(self, job: Job) -> None:
        """Keeps the check of a version for good; other jobs are nobody's after their time."""
        if not (self._workspace and job.version and (job.folder / KEPT).is_file()):
            return
        folder = self._workspace.folder
        with self._lock:
            check = take(job.folder / KEPT, folder)
            left = {known.id for known in store.kept(folder, check.dataset)}
            for gone in [
                j for j in self.every() if j.version and j.version.dataset == check.dataset and j.id not in left
            ]:
                self._let_go(gone)
            self._jobs[check.id] = self._job(check, job.version)

    def forget(self, job: Job) -> None:
        """Removes the check, for good."""
        with self._lock:
            kept = self._jobs.get(job.id)
            if kept and kept.version and self._workspace:
                store.forget(self._workspace.folder, kept.version.dataset, kept.id)
                self._let_go(kept)

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def _let_go(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        shutil.rmtree(job.folder, ignore_errors=True)

    def _job(self, check: KeptCheck, version: Version) -> Job:
        """A job that is done, in a folder of its own with the file of the check, which stays while somebody reads it."""
        assert self._workspace  # noqa: S101  # without one there is nothing to be kept
        folder = self._folder / check.id
        folder.mkdir(exist_ok=True)
        linked(store.file_of(self._workspace.folder, check), folder / KEPT)
        more = {"share": check.score.share, "waived": check.waived}
        outcome = Outcome(slug(check.verdict), check.findings, more)
        owner = (check.role, check.by)
        job = Job(check.id, "check", owner, folder, version, check.at, State.DONE, outcome=outcome, kept=check)
        job.work = CheckFiles(folder, (), check.profile, check.as_of, check.engine)
        job.finished = 0.0
        return job
