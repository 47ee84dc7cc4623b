"""The files that were handed in for a check: they stay beside its report while there is room, to be shown and downloaded."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from mcqms_kg.service.jobs.job import Job, State
from mcqms_kg.service.jobs.work import CheckFiles

FIELD = "data"
"""The field of a form in which the files of a check are sent, and the folder that they come to."""


def let_go(job: Job) -> None:
    """Removes the files of a job that has ended, unless they are those of a check that somebody may look at."""
    if job.kind != "check" or job.version is not None or job.state is State.CANCELLED:
        shutil.rmtree(job.given, ignore_errors=True)


def make_room(jobs: Iterable[Job], most_bytes: int) -> None:
    """Removes the files of the checks that ended first, where all that are kept are more than so many bytes."""
    kept = sorted((job for job in jobs if job.has_ended and job.given.is_dir()), key=lambda job: -(job.finished or 0))
    for job in kept:
        most_bytes -= sum(path.stat().st_size for path in job.given.rglob("*") if path.is_file())
        if most_bytes < 0:
            shutil.rmtree(job.given, ignore_errors=True)


def given_files(job: Job) -> tuple[str, ...]:
    """The names of the files that were handed in and are still here: all of them, or none."""
    if job.version is not None or not isinstance(job.work, CheckFiles):
        return ()
    return job.work.files if all(path_of(job, name).is_file() for name in job.work.files) else ()


def path_of(job: Job, name: str) -> Path:
    """Where a file that was handed in lies; `name` is one of `given_files`."""
    return job.given / FIELD / name
