"""The checks that a page looks at: of each dataset the latest by one profile and date."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mcqms_kg import operations
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import KeptCheck, Version
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.jobs.work import CheckFiles
from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.serving import Serving


@dataclass(frozen=True)
class Basis:
    """What a check went by. Only those by the same profile can stand beside each other."""

    profile: str
    as_of: dt.date


@dataclass(frozen=True)
class Chosen:
    """The latest check of each dataset by one profile, the bases there are, and the datasets that have no such check.

    `known` are all checks by that profile, of which a trend is made.
    """

    profile: str
    jobs: Mapping[str, Job]
    bases: tuple[Basis, ...]
    left_out: tuple[Version, ...]
    known: tuple[KeptCheck, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The dates of the checks that are shown, the first to the last."""
        return tuple(sorted({basis_of(job).as_of for job in self.jobs.values()}))


def basis_of(job: Job) -> Basis:
    """What a check went by."""
    assert isinstance(job.work, CheckFiles)  # noqa: S101  # only checks are asked
    return Basis(job.work.profile, job.work.as_of)


def chosen_checks(jobs: Jobs, serving: Serving, caller: Caller, profile: str = "", as_of: str = "") -> Chosen | None:
    """The latest checks by the profile that is wished for, else by that of most datasets, of one day or of any.

    Nothing where there are none.
    """
    every = jobs.checks_of(serving.view(caller).version_graphs)
    fitting = [job for job in every if _fits(basis_of(job), profile, as_of)]
    if not fitting:
        return None
    usual = profile or _usual(fitting)
    latest = _latest([job for job in fitting if basis_of(job).profile == usual])
    checked = {job.version.dataset for job in latest if job.version}
    known = tuple(job.kept for job in every if job.kept and job.kept.profile == usual)
    return Chosen(
        usual,
        {job.id: job for job in latest},
        tuple(sorted({basis_of(job) for job in every}, key=lambda basis: (basis.profile, basis.as_of))),
        tuple(version for version in serving.view(caller).handed_in if version.dataset not in checked),
        known,
    )


def check_of(page: Page, check: str, dataset: str, profile: str = "", as_of: str = "") -> Job:
    """The check that is named, else the latest of the dataset by that profile and date.

    Raises `UnknownName` where there is none that the caller sees.
    """
    if check:
        return page.check(check)
    every = page.jobs.checks_of(page.view.version_graphs)
    of_dataset = [job for job in every if job.version and job.version.dataset == dataset]
    latest = _latest([job for job in of_dataset if _fits(basis_of(job), profile, as_of)])
    if not latest:
        raise UnknownName(f"No check of {dataset[:64]!r} is kept", remedy="Check it first, at /check.")
    return latest[0]


def checks_of_dataset(page: Page, dataset: str) -> list[Job]:
    """Every check of a dataset that is kept, the newest first."""
    every = page.jobs.checks_of(page.view.version_graphs)
    return [job for job in every if job.version and job.version.dataset == dataset]


def latest_by_dataset(page: Page) -> dict[str, Job]:
    """The latest check of each dataset that the caller sees and that was checked."""
    every = page.jobs.checks_of(page.view.version_graphs)
    return {job.version.dataset: job for job in _latest(every) if job.version}


def _fits(basis: Basis, profile: str, as_of: str) -> bool:
    return profile in ("", basis.profile) and as_of in ("", basis.as_of.isoformat())


def _usual(jobs: Sequence[Job]) -> str:
    """The profile by which most datasets were checked."""
    pairs = {(basis_of(job).profile, job.version.dataset) for job in jobs if job.version}
    many = Counter(profile for profile, _ in pairs)
    return max(many, key=lambda profile: (many[profile], profile == operations.DEFAULT_PROFILE, profile))


def _latest(jobs: Sequence[Job]) -> list[Job]:
    """Of each dataset the check of its highest version, and there the newest; `jobs` are the newest first."""
    found: dict[str, Job] = {}
    for job in jobs:
        assert job.version  # noqa: S101  # those are checks of versions
        known = found.get(job.version.dataset)
        if known is None or (known.version and known.version.number < job.version.number):
            found[job.version.dataset] = job
    return [found[name] for name in sorted(found)]
