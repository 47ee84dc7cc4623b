"""`/`: the state of all providers that the caller sees: who conforms to what, what is weakest, what is due."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.model import Choice, ClauseState, Role
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.dependencies import Offset
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.surveys import LookOver
from mcqms_kg.service.pages.checks import Chosen, chosen_checks
from mcqms_kg.service.pages.curve import curve
from mcqms_kg.service.pages.page import Asked, Page, environment
from mcqms_kg.service.serving import Serving

router = APIRouter()
LIMIT, FEW, MOST = 100, 10, 1000
"""Providers on one page; entries of a register that are shown first, and at most."""
_Text = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True)
class Wishes:
    """What is to be shown: of which profile and date, which providers, and of which clause the parts."""

    profile: _Text = ""
    as_of: _Text = ""
    sector: _Text = ""
    level: _Text = ""
    kind: _Text = ""
    clause: _Text = ""
    order: Literal["worst", "best", "name"] = "worst"
    group: Literal["", "sector", "level", "kind"] = ""
    days: Annotated[int, Query(ge=1, le=3660)] = 90
    all: bool = False
    offset: Offset = 0

    @property
    def choice(self) -> Choice:
        return Choice(self.sector, self.level, self.kind)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.choice or self.clause or self.profile or self.as_of)


@router.get("/", response_class=Response)
def overview(page: Asked, wishes: Annotated[Wishes, Depends(Wishes)]) -> Response:
    """Providers by clauses, the score of all together, the weakest clauses, what is due, and the way there."""
    chosen = chosen_checks(page.jobs, page.serving, page.caller, wishes.profile, wishes.as_of)
    if chosen is None:
        return _nothing(page, wishes)
    survey = page.jobs.read(_work(chosen, wishes, page.serving))
    found = survey.overview
    return page.render(
        "overview.html.jinja",
        survey=survey,
        found=found,
        chosen=chosen,
        wishes=wishes,
        limit=LIMIT,
        columns=columns(found.clauses, wishes.clause),
        profiles={profile.name: profile.label for profile in operations.profiles()},
        names={one.term: page.words.name(one) for one in found.all_providers},
        curve=curve([(point.check.as_of, point.score.share) for point in found.trend]),
    )


def make_ready(jobs: Jobs, serving: Serving) -> None:
    """Makes what the overview shows to who sees all, so that the first page after a start need not wait for it."""
    with suppress(Exception):  # nobody asked yet: whoever does is told what is wrong; and the service may be stopping
        if chosen := chosen_checks(jobs, serving, Caller("", Role.REGULATOR)):
            environment().get_template("overview.html.jinja")
            jobs.read(_work(chosen, Wishes(), serving))


def _work(chosen: Chosen, wishes: Wishes, serving: Serving) -> LookOver:
    return LookOver(
        tuple((job.folder, job.kept) for job in chosen.jobs.values()),
        wishes.choice,
        wishes.days,
        wishes.order,
        wishes.offset,
        LIMIT,
        MOST if wishes.all else FEW,
        serving.workspace.folder,
        chosen.known,
        wishes.group,
    )


def columns(clauses: tuple[ClauseState, ...], inside: str) -> list[tuple[int, ClauseState, bool]]:
    """The clauses that stand as columns, each with its number and whether there is more inside: the outermost, or the parts of one."""
    top = next((n for n, one in enumerate(clauses) if one.clause.notation == inside), None)
    depth = 0 if top is None else clauses[top].depth + 1
    first, last = (0, len(clauses)) if top is None else (top, _end(clauses, top))
    found = [(n, clauses[n]) for n in range(first, last) if clauses[n].depth == depth]
    if top is not None and (clauses[top].requirements or not found):
        found = [(top, clauses[top]), *found]
    return [(n, one, n != top and _end(clauses, n) > n + 1) for n, one in found]


def _end(clauses: tuple[ClauseState, ...], top: int) -> int:
    """Where the clauses inside one end."""
    after = (n for n in range(top + 1, len(clauses)) if clauses[n].depth <= clauses[top].depth)
    return next(after, len(clauses))


def _nothing(page: Page, wishes: Wishes) -> Response:
    return page.render("overview-empty.html.jinja", versions=page.view.handed_in, wishes=wishes)
