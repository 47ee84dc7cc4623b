"""`/provider`: one provider in one check: verdicts by clause, findings, evidence, what is to be corrected, and what changed."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Choice, ClauseState, ProviderRow, Requirement, RequirementState, Verdict
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.jobs.summary import ClauseLine
from mcqms_kg.service.jobs.surveys import LookOver, Survey
from mcqms_kg.service.pages.addresses import address
from mcqms_kg.service.pages.checks import basis_of, check_of, checks_of_dataset
from mcqms_kg.service.pages.curve import curve
from mcqms_kg.service.pages.findings import Filters, Wishes, listed
from mcqms_kg.service.pages.forms import FIELD, sent
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.plan import plan_of
from mcqms_kg.service.routes.checks import CheckRequest, asked_for, check_dataset

router = APIRouter()
_DAYS, _MOST, _TASKS = 90, 200, 15
_Text = Annotated[str, Query(max_length=1000)]


@router.get("/provider", response_class=Response)
def read_provider(
    page: Asked,
    filters: Filters,
    id: _Text = "",
    dataset: _Text = "",
    check: _Text = "",
    profile: _Text = "",
    as_of: _Text = "",
) -> Response:
    """A provider in the check that is named, else in the latest of the dataset by that profile and date."""
    job = check_of(page, check, dataset, profile, as_of)
    if job.outcome is None:
        return page.go(address("check", job.id))
    kept = [one.kept for one in checks_of_dataset(page, job.version.dataset)] if job.version else []
    known = tuple(one for one in kept if one and one.profile == basis_of(job).profile)
    choice, folder = Choice(provider=id), page.serving.workspace.folder
    work = LookOver(((job.folder, job.kept),), choice, _DAYS, "name", 0, 1, _MOST, folder, known)
    survey = page.jobs.read(work)
    if not survey.overview.providers:
        raise UnknownName(f"No provider is named {id[:200]!r} in that check")
    return _shown(page, job, survey, filters)


@router.post("/provider/readiness", response_class=Response)
async def check_on_day(page: Asked) -> Response:
    """Begins a check of the dataset on another day, which nobody else sees, and leads to the provider in it."""
    fields = {name: value for name, value in (await sent(page)).items() if value and name != FIELD}
    provider = fields.pop("provider", "")
    asked = asked_for(CheckRequest, fields)
    begin = partial(check_dataset, page.jobs, page.serving, page.caller, asked, trial=True)
    job = await run_in_threadpool(begin)
    return page.go(address("check", job.id, then=provider))


def _shown(page: Page, job: Job, survey: Survey, filters: Wishes) -> Response:
    row = survey.overview.providers[0]
    ids = frozenset(id_ for state in row.verdict.requirements for id_ in (*state.findings, *state.waived))
    every = checks_of_dataset(page, job.version.dataset) if job.version else []
    return page.render(
        "provider.html.jinja",
        job=job,
        basis=basis_of(job),
        survey=survey,
        found=survey.overview,
        row=row,
        plan=plan_of(page, job, terms.lexical(row.verdict.provider.term), "day", 0, _TASKS),
        lines=[_line(one) for one in row.clauses],
        undecided=_undecided(row, basis_of(job).profile),
        findings=listed(page, {job.id: job}, filters, ids),
        filters=filters,
        others=[other for other in every if other.id != job.id],
        basis_of=basis_of,
        curve=curve([(point.check.as_of, point.score.share) for point in survey.overview.trend]),
    )


def _line(state: ClauseState) -> ClauseLine:
    clause = state.clause
    return ClauseLine(clause.notation, clause.label, state.depth, state.verdict, state.score, state.counts.standing)


def _undecided(row: ProviderRow, profile: str) -> list[tuple[Requirement, RequirementState]]:
    """The requirements without a decision, each with what the check says of it."""
    known = {
        one.requirement.notation: one.requirement
        for listed in operations.clauses(profile)
        for one in listed.requirements
    }
    open_ = (Verdict.NOT_CHECKED, Verdict.NOT_APPLICABLE)
    return [(known[state.notation], state) for state in row.verdict.requirements if state.verdict in open_]
