"""`/finding/{id}`: what must hold and why, what was found and where, and how to put it right."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.graph import terms
from mcqms_kg.model import Finding, FindingHistory, Named
from mcqms_kg.rules.plan import task_of
from mcqms_kg.service.jobs.finding_shown import FindingShown, ShowFinding
from mcqms_kg.service.jobs.jobs import Job
from mcqms_kg.service.jobs.work import AskHistory
from mcqms_kg.service.pages.labels import Labels
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.rows import names
from mcqms_kg.service.pages.written import written
from mcqms_kg.service.routes.findings import latest_checks

router = APIRouter()
MOST_PLACES = 10


@router.get("/finding/{id}", response_class=Response)
def read_finding(id: str, page: Asked, check: str = "") -> Response:
    """A finding of the check that is named, else of the latest check that has it."""
    jobs = _looked_through(page, check)
    folders = {name: job.folder for name, job in jobs.items()}
    shown = page.jobs.read(ShowFinding(folders, id))
    finding = shown.finding
    job = jobs[shown.check]
    labels = Labels(page.words, finding.triples, _known(page, job, finding))
    past = _history(page, job, shown)
    places = written(page, job, finding.places[:MOST_PLACES])
    task = task_of(finding, shown.actions)
    return page.render(
        "finding.html.jinja", shown=shown, finding=finding, job=job, labels=labels, past=past, task=task, places=places
    )


def _known(page: Page, job: Job, finding: Finding) -> list[Named]:
    """What the check named, and what the workspace knows the other things by, as the caller sees it."""
    mentioned = {term for s, _, o in finding.triples for term in (s, o) if terms.is_iri(term)}
    found = names(page, map(terms.iri_text, mentioned)) if job.version else {}
    stored = [Named(terms.iri(iri), {page.words.language: text}) for iri, text in found.items()]
    return [*stored, finding.focus, *([finding.provider] if finding.provider else [])]


def _history(page: Page, job: Job, shown: FindingShown) -> FindingHistory | None:
    """Since when it stands, by the checks that the workspace keeps."""
    if job.version is None:
        return None
    name = job.version.dataset
    seen_ = frozenset(one.number for one in page.view.versions_of(name))
    folder = page.serving.workspace.folder.absolute()
    return page.jobs.read(AskHistory(folder, name, seen_, shown.profile, shown.finding.id))


def _looked_through(page: Page, check: str) -> dict[str, Job]:
    if check:
        job = page.check(check)
        return {job.id: job} if job.outcome else {}
    return latest_checks(page.jobs, page.view.version_graphs)
