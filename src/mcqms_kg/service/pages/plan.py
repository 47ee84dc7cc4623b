"""`/provider/plan`: what a provider has to do, by when, why then, and where it is written; to print, and as a workbook."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from mcqms_kg.model import Task
from mcqms_kg.report.xlsx_tables import Cell, Sheet, written
from mcqms_kg.service.dependencies import Offset
from mcqms_kg.service.http.media_types import REPORTS as REPORT_TYPES
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.jobs.plans import PlanFor, Planned
from mcqms_kg.service.pages.addresses import address
from mcqms_kg.service.pages.checks import check_of
from mcqms_kg.service.pages.days import about, counted, responsible, to_do, why
from mcqms_kg.service.pages.page import Asked, Page, file_name

router = APIRouter()
DAYS, LIMIT, MOST = 90, 200, 100_000
Sort = Literal["day", "clause", "grade"]
_Text = Annotated[str, Query(max_length=1000)]


@router.get("/provider/plan", response_class=Response)
def read_plan(
    page: Asked,
    id: _Text = "",
    dataset: _Text = "",
    check: _Text = "",
    profile: _Text = "",
    as_of: _Text = "",
    sort: Sort = "day",
    offset: Offset = 0,
) -> Response:
    """The whole list, sorted by day, clause or grade."""
    job = check_of(page, check, dataset, profile, as_of)
    if job.outcome is None:
        return page.go(address("check", job.id))
    found = plan_of(page, job, id, sort, offset, LIMIT)
    return page.render("plan.html.jinja", job=job, plan=found, sort=sort, offset=offset, limit=LIMIT)


@router.get("/provider/plan.xlsx", response_class=Response)
def download_plan(
    page: Asked, id: _Text = "", dataset: _Text = "", check: _Text = "", profile: _Text = "", as_of: _Text = ""
) -> Response:
    """The whole list as a workbook."""
    job = check_of(page, check, dataset, profile, as_of)
    if job.outcome is None:
        return page.go(address("check", job.id))
    found = plan_of(page, job, id, "day", 0, MOST)
    words = page.words
    title = words("plan-of", provider=words.name(found.provider))
    names = (
        "by-when",
        "expected",
        "remedy",
        "about",
        "requirement",
        "grade",
        "responsible",
        "why-then",
        "place",
        "finding",
    )
    widths = (14, 50, 60, 36, 14, 16, 28, 50, 34, 20)
    rows = [_row(page, task) for task in found.tasks]
    sheet = Sheet(words("plan-sheet"), list(zip(map(words, names), widths, strict=True)), rows)
    response = document(page.request, written([sheet], title, found.as_of), REPORT_TYPES["xlsx"])
    response.headers["Content-Disposition"] = f'attachment; filename="plan-{found.as_of}.xlsx"'
    return response


def plan_of(page: Page, job: Job, provider: str, sort: Sort, offset: int, limit: int) -> Planned:
    """A part of what a provider has to do by a check."""
    return page.jobs.read(PlanFor(job.folder, provider, sort, DAYS, offset, limit))


def _row(page: Page, task: Task) -> list[Cell]:
    words, finding = page.words, task.finding
    reasons = [why(words, task), *(counted(words, due) for due in task.due)]
    return [
        task.day,
        words.of(finding.expected) if finding else "",
        to_do(words, task),
        about(words, task),
        finding.requirement.notation if finding else "",
        words.grade(finding.grade) if finding else "",
        responsible(words, task),
        "\n".join(filter(None, reasons)),
        "\n".join(file_name(str(place)) for place in finding.places) if finding else "",
        finding.id if finding else "",
    ]
