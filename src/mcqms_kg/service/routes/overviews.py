"""`/overview` and `/providers`: the latest kept checks of the datasets that the caller sees, provider by provider."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi import Path as InPath
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Choice, Version
from mcqms_kg.operations.overviews import DAYS
from mcqms_kg.report.overview_json import history_object, row_object
from mcqms_kg.report.words import Words
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.dependencies import EXAMPLE_DAY, Calling, Held, Lang, Limit, Offset, Profile, Working
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import AskHistory, AskOverview, WriteOverview
from mcqms_kg.service.serving import Serving
from mcqms_kg.store.shipped import SHIPPED

router = APIRouter(tags=["overview"])
OVERVIEWS: Mapping[str, str] = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}
_Text = Annotated[str, Query(max_length=2000, description="An IRI, the end of one, or a label.")]
_ERRORS = declared(403, 404, 406, 503)


class OverviewState(BaseModel):
    """What all providers come to together, and each of them. As `mcqms overview --format json` writes it."""

    profile: str
    asOf: dt.date  # noqa: N815  # as in the report
    checks: list[dict[str, Any]] = Field(description="The kept checks that were looked at.")
    unchecked: list[str] = Field(description="Datasets of which no such check is kept: nothing is known of them.")
    verdict: str
    score: dict[str, Any]
    counts: dict[str, int]
    providers: list[dict[str, Any]]
    clauses: list[dict[str, Any]]
    weakest: list[str]
    deadlines: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    trend: list[dict[str, Any]]


class ProvidersPage(BaseModel):
    """Some providers with their verdicts, and how many fit in all."""

    total: int
    offset: int
    limit: int
    providers: list[dict[str, Any]]


class HistoryState(BaseModel):
    """Since which check a finding stands."""

    id: str
    isStanding: bool  # noqa: N815  # as in the report
    since: dict[str, Any]
    before: dict[str, Any] | None
    checks: list[dict[str, Any]]


@dataclass(frozen=True)
class Wanted:
    """Which checks are looked at: of a dataset or of all, by which profile, of which day or whatever day, and how far ahead."""

    profile: Profile = operations.DEFAULT_PROFILE
    dataset: Annotated[str | None, Query(max_length=100, description="All that you see if none.")] = None
    version: Annotated[int | None, Query(ge=1, le=1_000_000_000)] = None
    as_of: Annotated[
        dt.date | None, Query(description="The day of the check; whatever day if none.", examples=[EXAMPLE_DAY])
    ] = None
    days: Annotated[int, Query(ge=0, le=36_500, description="How far ahead deadlines are listed.")] = DAYS

    def work(self, serving: Serving, caller: Caller, choice: Choice) -> AskOverview:
        """What is asked, of the datasets that the caller sees. Raises `UnknownName`."""
        if self.dataset is not None:
            serving.view(caller).version(self.dataset, self.version)
        wanted = ((v.dataset, v.number) for v in serving.view(caller).versions if self._fits(v))
        folder = serving.workspace.folder.absolute()
        return AskOverview(folder, frozenset(wanted), self.profile, self.as_of, choice, self.days)

    def _fits(self, version: Version) -> bool:
        if self.dataset is None:
            return version.dataset != SHIPPED
        return version.dataset == self.dataset and self.version in (None, version.number)


Wishes = Annotated[Wanted, Depends(Wanted)]


@router.get(
    "/overview",
    operation_id="overview",
    response_class=Response,
    responses={200: {"description": "The overview.", "content": contents(OVERVIEWS, "OverviewState")}, **_ERRORS},
)
async def overview(
    request: Request,
    caller: Calling,
    jobs: Working,
    serving: Held,
    wanted: Wishes,
    sector: _Text = "",
    level: _Text = "",
    kind: _Text = "",
    provider: _Text = "",
    lang: Lang = "en",
) -> Response:
    """Every provider with its verdicts and score, the score of all together, the weakest clauses, what is due, and the trend."""
    return await _answer(request, caller, jobs, serving, wanted, Choice(sector, level, kind, provider), lang)


@router.get("/providers", operation_id="listProviders", responses=declared(403, 404, 503))
def list_providers(
    caller: Calling,
    jobs: Working,
    serving: Held,
    wanted: Wishes,
    sector: _Text = "",
    level: _Text = "",
    kind: _Text = "",
    offset: Offset = 0,
    limit: Limit = 100,
    lang: Lang = "en",
) -> ProvidersPage:
    """The providers in the latest checks, those that fit, by the order of their IRIs."""
    found = jobs.read(wanted.work(serving, caller, Choice(sector, level, kind)))
    rows = sorted(found.providers, key=lambda row: row.verdict.provider.term)
    shown = [row_object(row, Words(lang)) for row in rows[offset : offset + limit]]
    return ProvidersPage(total=len(rows), offset=offset, limit=limit, providers=shown)


@router.get(
    "/providers/{name:path}",
    operation_id="readProvider",
    response_class=Response,
    responses={200: {"description": "All of it.", "content": contents(OVERVIEWS, "OverviewState")}, **_ERRORS},
)
async def read_provider(
    name: Annotated[str, InPath(max_length=2000, description="Its IRI, the end of it, or a label.")],
    request: Request,
    caller: Calling,
    jobs: Working,
    serving: Held,
    wanted: Wishes,
    lang: Lang = "en",
) -> Response:
    """One provider: its verdicts by requirement, findings, evidence, open actions, what is due, and its trend."""
    return await _answer(request, caller, jobs, serving, wanted, Choice(provider=name), lang)


@router.get("/datasets/{name}/findings/{id}/history", operation_id="findingHistory", responses=declared(403, 404, 503))
def finding_history(
    name: Annotated[str, InPath(pattern="^[a-z0-9][a-z0-9_-]{0,63}$")],
    id: str,
    caller: Calling,
    jobs: Working,
    serving: Held,
    profile: Profile = operations.DEFAULT_PROFILE,
) -> HistoryState:
    """Since which version and day a finding of a dataset stands, by the checks that are kept."""
    serving.view(caller).version(name)
    folder = serving.workspace.folder.absolute()
    found = jobs.read(AskHistory(folder, name, _seen(serving, caller, name), profile, id))
    if found is None:
        raise UnknownName(f"No check of {name!r} that is kept has the finding {id[:60]!r}")
    return HistoryState(**history_object(found))


def _seen(serving: Serving, caller: Caller, name: str) -> frozenset[int]:
    return frozenset(version.number for version in serving.view(caller).versions_of(name))


async def _answer(
    request: Request, caller: Caller, jobs: Jobs, serving: Serving, wanted: Wanted, choice: Choice, lang: str
) -> Response:
    format_ = chosen(request.headers.get("accept"), OVERVIEWS)
    work = WriteOverview(wanted.work(serving, caller, choice), format_, lang)
    content = await run_in_threadpool(jobs.read, work)
    return document(request, content, OVERVIEWS[format_])
