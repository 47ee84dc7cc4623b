"""The checks that a page looks at: of each dataset the latest by one profile and date."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Version
from mcqms_kg.service.answers import seen
from mcqms_kg.service.edge import seen_graphs
from mcqms_kg.service.jobs import Job
from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.work import CheckFiles


@dataclass(frozen=True)
class Basis:
    """What checks went by. Only those by the same can stand beside each other."""

    profile: str
    as_of: dt.date


@dataclass(frozen=True)
class Chosen:
    """The checks of one basis, every other basis there is, and the datasets that have no check by this one."""

    basis: Basis
    jobs: Mapping[str, Job]
    others: tuple[Basis, ...]
    left_out: tuple[Version, ...]

    @property
    def folders(self) -> dict[str, Path]:
        return {id_: job.folder for id_, job in self.jobs.items()}


def basis_of(job: Job) -> Basis:
    """What a check went by."""
    assert isinstance(job.work, CheckFiles)  # noqa: S101  # only checks are asked
    return Basis(job.work.profile, job.work.as_of)


def chosen_checks(page: Page, profile: str = "", as_of: str = "") -> Chosen | None:
    """The latest checks by the profile and date that are wished for, else by those of most datasets; nothing where there are none."""
    every = page.jobs.checks_of(seen_graphs(page.serving, page.caller))
    fitting = [job for job in every if _fits(basis_of(job), profile, as_of)]
    if not fitting:
        return None
    basis = _usual(fitting)
    latest = _latest([job for job in fitting if basis_of(job) == basis])
    checked = {job.version.dataset for job in latest if job.version}
    left_out = tuple(version for version in page.datasets() if version.dataset not in checked)
    others = tuple(dict.fromkeys(basis_of(job) for job in every))
    return Chosen(basis, {job.id: job for job in latest}, others, left_out)


def check_of(page: Page, check: str, dataset: str, profile: str = "", as_of: str = "") -> Job:
    """The check that is named, else the latest of the dataset by that profile and date.

    Raises `UnknownName` where there is none that the caller sees.
    """
    if check:
        return seen(page.jobs, page.serving, page.caller, "check", check)
    every = page.jobs.checks_of(seen_graphs(page.serving, page.caller))
    of_dataset = [job for job in every if job.version and job.version.dataset == dataset]
    latest = _latest([job for job in of_dataset if _fits(basis_of(job), profile, as_of)])
    if not latest:
        raise UnknownName(f"No check of {dataset[:64]!r} is kept", remedy="Check it first, at /check.")
    return latest[0]


def checks_of_dataset(page: Page, dataset: str) -> list[Job]:
    """Every check of a dataset that is kept, the newest first."""
    every = page.jobs.checks_of(seen_graphs(page.serving, page.caller))
    return [job for job in every if job.version and job.version.dataset == dataset]


def _fits(basis: Basis, profile: str, as_of: str) -> bool:
    return profile in ("", basis.profile) and as_of in ("", basis.as_of.isoformat())


def _usual(jobs: Sequence[Job]) -> Basis:
    """The basis by which most datasets were checked, the latest date first where as many."""
    pairs = {(basis_of(job), job.version.dataset) for job in jobs if job.version}
    many = Counter(basis for basis, _ in pairs)
    return max(many, key=lambda basis: (many[basis], basis.as_of, basis.profile))


def _latest(jobs: Sequence[Job]) -> list[Job]:
    """Of each dataset the check of its highest version, and there the newest; `jobs` are the newest first."""
    found: dict[str, Job] = {}
    for job in jobs:
        assert job.version  # noqa: S101  # those are checks of versions
        known = found.get(job.version.dataset)
        if known is None or (known.version and known.version.number < job.version.number):
            found[job.version.dataset] = job
    return [found[name] for name in sorted(found)]
