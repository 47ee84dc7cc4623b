"""Checks and validations at work: each in a process that can be killed, a bounded number at a time, results kept for a bounded time."""

from __future__ import annotations

import datetime as dt
import pickle
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, cast

from mcqms_kg.errors import Cancelled, McqmsError, TookTooLong, Unavailable, WorkerDied
from mcqms_kg.model import Version
from mcqms_kg.processes.child import Child
from mcqms_kg.processes.pool import ProcessPool, Refusals
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.jobs.given_files import let_go, make_room
from mcqms_kg.service.jobs.job import Job, State
from mcqms_kg.service.jobs.kept_checks import KeptChecks
from mcqms_kg.service.jobs.packs import Made, MarkBook, PackFiles
from mcqms_kg.service.jobs.work import (
    Answer,
    AskPathways,
    CheckFiles,
    Outcome,
    Request,
    ValidateFiles,
    Work,
    WriteReport,
)
from mcqms_kg.settings import JobLimits
from mcqms_kg.store.durable import no_room

__all__ = ["Job", "Jobs", "State"]

CHECKER = "mcqms_kg.service.jobs.checker"
_REFUSALS = Refusals(lambda: Unavailable("All processes that check are at work", remedy="Ask again later."))
_PATIENCE = 4
"""How many times as long as a caller waits a report may take to be read: who stops it loses what was read, and it is never seen."""
_GRACE = 3.0
"""Seconds that a process has to stop in its own way before it is killed."""
Record = Callable[[], AbstractContextManager[dict[str, str]]]
"""What is around a piece of work and puts it on record, with what is added while it lasts."""


def unrecorded() -> AbstractContextManager[dict[str, str]]:
    """Work that is nobody's business but its caller's."""
    return nullcontext({})


class Jobs:
    """All jobs of the service; the workspace keeps checks of datasets, which outlast it. Stop it.

    What was handed in lies in `scratch`, which is emptied when the workspace is opened again, also after a kill.
    """

    def __init__(
        self, limits: JobLimits, processes: int, kept: KeptChecks | None = None, scratch: Path | None = None
    ) -> None:
        self.limits, self._kept, self.scratch = limits, kept or KeptChecks(None), scratch
        self._folder = Path(tempfile.mkdtemp(prefix="mcqms-jobs-", dir=scratch))
        self._checking, self._reading, self._planning = (ProcessPool(CHECKER, n, _REFUSALS) for n in (processes, 1, 1))
        self._threads = ThreadPoolExecutor(processes, thread_name_prefix="check")
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def new(self, kind: str, caller: Caller, version: Version | None, *, trial: bool = False) -> Job:
        """A job with an empty folder, which is not begun. Raises `Unavailable` where too many are waiting."""
        self._tidy()
        with self._lock:
            if sum(not job.has_ended for job in self._jobs.values()) >= self.limits.jobs_max:
                raise Unavailable("Too many checks are waiting", remedy="Ask again later.")
            id_ = secrets.token_hex(16)
            owner = (caller.role.value, caller.name)
            job = Job(id_, kind, owner, self._folder / id_, version, dt.datetime.now(dt.UTC), trial=trial)
            self._jobs[id_] = job
        job.given.mkdir(parents=True)
        return job

    def begin(self, job: Job, work: CheckFiles | ValidateFiles, record: Record = unrecorded) -> None:
        """Has the work done when a process is free, and recorded."""
        job.work = work
        job.future = self._threads.submit(self._run, job, work, record)

    def find(self, id_: str) -> Job | None:
        """The job of that name, as long as it is kept."""
        self._tidy()
        return self._jobs.get(id_) or self._kept.find(id_)

    def checks_of(self, graphs: frozenset[str]) -> list[Job]:
        """The checks of these versions that came to an end, the newest first."""
        every = {job.id: job for job in (*tuple(self._jobs.values()), *self._kept.every())}
        found = [
            job
            for job in every.values()
            if job.kind == "check" and job.state is State.DONE and not job.trial
            if job.version and job.version.graph in graphs
        ]
        return sorted(found, key=lambda job: job.created, reverse=True)

    def count(self) -> dict[State, int]:
        """How many jobs are in each state."""
        states = [job.state for job in tuple(self._jobs.values())]
        return {state: states.count(state) for state in State}

    def cancel(self, job: Job) -> None:
        """Ends the job, inside a query too; its process is killed where it does not end by itself."""
        with job.lock:
            if job.has_ended:
                return
            if job.future is None or job.future.cancel():
                self._end(job, State.CANCELLED, Cancelled("The job was cancelled before it began"))
                return
            job.state = State.CANCELLED
            if job.child:
                job.child.ask_to_stop(job.id)
        timer = threading.Timer(_GRACE, self._kill, [job])
        timer.daemon = True
        timer.start()

    def drop(self, job: Job) -> None:
        """Forgets the job and what it made."""
        self.cancel(job)
        with self._lock:
            self._jobs.pop(job.id, None)
        self._kept.forget(job)
        if job.has_ended:
            shutil.rmtree(job.folder, ignore_errors=True)

    def read(self, work: Work[Answer]) -> Answer:
        """Has a report read, in a process that no check keeps waiting; it may take longer than one waits for it, as it is read once."""
        with self._reading.lent(self.limits.check_wait_s) as child:
            return cast(Answer, child.call(self._request(work), _PATIENCE * self.limits.check_wait_s))

    def do(self, work: Work[Answer]) -> Answer:
        """Has work done that may take as long as a check."""
        with self._checking.lent(self.limits.check_wait_s) as child:
            return cast(Answer, child.call(self._request(work), self.limits.check_timeout_s))

    def make(self, work: PackFiles | MarkBook, job: Job | None = None) -> Made:
        """Has a file made to be downloaded; that of a job is made once."""
        known = job.folder / f"{type(work).__name__}.{work.language}.pickle" if job else None
        if known and known.is_file():
            return cast(Made, pickle.loads(known.read_bytes()))  # noqa: S301  # our own
        made = self.do(work)
        if known and known.parent.is_dir():
            with tempfile.NamedTemporaryFile(dir=known.parent, delete=False) as out:
                out.write(pickle.dumps(made))
            Path(out.name).replace(known)
        return made

    def ask_pathways(self, work: AskPathways) -> bytes:
        """Has a question about pathways answered, in a process of their own: the first one reads all data, which may take long."""
        with self._planning.lent(self.limits.check_wait_s) as child:
            return cast(bytes, child.call(self._request(work), self.limits.check_timeout_s))

    def write(self, job: Job, format_: str, language: str) -> bytes:
        """The report in a format; what was written once is kept."""
        path = job.folder / f"report.{language}.{format_}"
        return (path if path.is_file() else self.read(WriteReport(job.folder, format_, language))).read_bytes()

    def cancel_all(self) -> None:
        """Ends all that waits or is at work."""
        for job in tuple(self._jobs.values()):
            self.cancel(job)

    def stop(self) -> None:
        """Ends all that is at work, at once, and forgets everything."""
        self.cancel_all()
        for job in tuple(self._jobs.values()):
            self._kill(job)
        self._threads.shutdown(wait=True)
        self._checking.close()
        self._reading.close()
        self._planning.close()
        self._kept.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, job: Job, work: CheckFiles | ValidateFiles, record: Record) -> None:
        try:
            with self._checking.lent(about=getattr(work, "follows", "")) as child, record() as about:
                about["verdict"] = self._call(job, work, child).verdict
        except McqmsError as problem:
            with job.lock:
                self._fail(job, problem)
        except Exception as problem:  # whoever waits for the job is told; it is raised on
            with job.lock:
                self._fail(job, no_room(problem) or WorkerDied(f"The check broke down: {type(problem).__name__}"))
            raise
        finally:
            let_go(job)
            make_room(tuple(self._jobs.values()), self.limits.given_max_bytes)
            if self._jobs.get(job.id) is not job:
                shutil.rmtree(job.folder, ignore_errors=True)

    def _call(self, job: Job, work: CheckFiles | ValidateFiles, child: Child) -> Outcome:
        with job.lock:
            if job.state is State.CANCELLED:
                raise Cancelled("The job was cancelled before it began")
            job.state, job.child = State.RUNNING, child
        try:
            outcome = self._done(job, work, child)
        except TookTooLong as problem:
            raise TookTooLong(
                f"The check took longer than {self.limits.check_timeout_s} s and was stopped",
                remedy="Check less at a time, or raise MCQMS_CHECK_TIMEOUT_S.",
            ) from problem
        except WorkerDied as problem:
            raise WorkerDied(
                f"{problem.what} A check may take {self.limits.check_memory_mb} MB of memory",
                remedy="Check less at a time, or raise MCQMS_CHECK_MEMORY_MB.",
            ) from problem
        finally:
            with job.lock:
                job.child = None
        self._kept.keep(job)
        with job.lock:
            job.outcome = outcome
            self._end(job, State.DONE, None)
        return outcome

    def _done(self, job: Job, work: CheckFiles | ValidateFiles, child: Child) -> Outcome:
        """The outcome. A process that kept datasets may die of them: then a fresh one does the work."""
        request = self._request(work, job.id, job.folder)
        was_fresh = child.is_fresh
        try:
            return cast(Outcome, child.call(request, self.limits.check_timeout_s, job.tell))
        except WorkerDied:
            if was_fresh or job.state is State.CANCELLED:
                raise
        return cast(Outcome, child.call(request, self.limits.check_timeout_s, job.tell))

    def _request(self, work: Work[Any], name: str = "", folder: Path | None = None) -> Request:
        limits = self.limits
        return Request(name, folder or self._folder, work, limits.check_memory_mb, limits.kept_statements)

    def _fail(self, job: Job, problem: McqmsError) -> None:
        was_cancelled = job.state is State.CANCELLED
        said = Cancelled("The job was cancelled") if was_cancelled else problem
        self._end(job, State.CANCELLED if was_cancelled else State.FAILED, said)

    def _end(self, job: Job, state: State, problem: McqmsError | None) -> None:
        job.state, job.problem, job.finished = state, problem, time.monotonic()

    def _kill(self, job: Job) -> None:
        with job.lock:
            if job.child:
                job.child.kill()

    def _tidy(self) -> None:
        """Forgets what ended long ago and is of no dataset, and the oldest where too many are kept."""
        with self._lock:
            ended = sorted((j for j in self._jobs.values() if j.has_ended), key=lambda job: job.finished or 0)
            late = time.monotonic() - self.limits.job_keep_s
            old = [job for job in ended if (job.version is None or job.trial) and (job.finished or 0) < late]
            ended = [job for job in ended if job not in old]
            old += ended[: max(0, len(ended) - self.limits.jobs_max)]
            for job in old:
                del self._jobs[job.id]
        for job in old:
            shutil.rmtree(job.folder, ignore_errors=True)
