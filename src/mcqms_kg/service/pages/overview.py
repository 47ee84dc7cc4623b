"""`/`: the state of all providers that the caller sees."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.service.edge import seen_graphs
from mcqms_kg.service.pages.page import Asked
from mcqms_kg.service.routes.findings import latest_checks

router = APIRouter()


@router.get("/", response_class=Response)
def overview(page: Asked) -> Response:
    """Every dataset with what its latest check came to."""
    latest = {version.dataset: version for version in page.serving.view(page.caller).versions}
    checks = latest_checks(page.jobs, seen_graphs(page.serving, page.caller))
    by_dataset = {job.version.dataset: job for job in checks.values() if job.version}
    return page.render("overview.html.jinja", datasets=latest.values(), checks=by_dataset)
