"""`/finding/{id}`: what must hold and why, what was found and where, and how to put it right."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.service.answers import seen
from mcqms_kg.service.digests import FindingShown
from mcqms_kg.service.edge import seen_graphs
from mcqms_kg.service.jobs import Job
from mcqms_kg.service.pages.labels import Labels
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.routes.findings import latest_checks
from mcqms_kg.service.work import ShowFinding

router = APIRouter()


@router.get("/finding/{id}", response_class=Response)
def read_finding(id: str, page: Asked, check: str = "") -> Response:
    """A finding of the check that is named, else of the latest check that has it."""
    jobs = _looked_through(page, check)
    folders = {name: job.folder for name, job in jobs.items()}
    shown: FindingShown = page.jobs.read(ShowFinding(folders, id))
    finding = shown.finding
    known = [finding.focus, *([finding.provider] if finding.provider else [])]
    labels = Labels(page.words, finding.triples, known)
    return page.render("finding.html.jinja", shown=shown, finding=finding, job=jobs[shown.check], labels=labels)


def _looked_through(page: Page, check: str) -> dict[str, Job]:
    if check:
        job = seen(page.jobs, page.serving, page.caller, "check", check)
        return {job.id: job} if job.outcome else {}
    return latest_checks(page.jobs, seen_graphs(page.serving, page.caller))
