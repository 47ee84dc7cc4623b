"""`/findings`: what is wrong, over the latest checks of the datasets that the caller sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mcqms_kg.service.dependencies import Calling, Held, Lang, Limit, Offset, Working
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.jobs.finding_list import ListFindings
from mcqms_kg.service.jobs.jobs import Job, Jobs
from mcqms_kg.service.jobs.work import ExplainFinding

router = APIRouter(tags=["findings"])
Grade = Literal["major", "minor", "opportunity"]
TEXTS = {"json": "application/json", "text": "text/plain; charset=utf-8"}


class FindingsPage(BaseModel):
    """Some findings, and how many fit in all. Each is as in the JSON report, with the check that it is of and whether it is waived."""

    total: int = Field(description="How many fit.")
    offset: int
    limit: int
    checks: dict[str, str] = Field(description="The checks that were looked at, with the dataset and version of each.")
    findings: list[dict[str, Any]]


def wanted(
    requirement: str | None = None,
    clause: str | None = None,
    grade: Grade | None = None,
    provider: str | None = None,
    focus: str | None = None,
    waived: bool | None = None,
) -> dict[str, str]:
    """What a finding must be, of what was asked for."""
    given = {"requirement": requirement, "clause": clause, "grade": grade, "provider": provider, "focus": focus}
    asked = {name: value for name, value in given.items() if value is not None}
    return asked if waived is None else {**asked, "waived": str(waived).lower()}


Fitting = Annotated[dict[str, str], Depends(wanted)]
"""What a finding must be to be among those that are asked for, as parameters of the address."""


@router.get("/findings", operation_id="listFindings", responses=declared(403, 404, 503))
def list_findings(
    caller: Calling,
    jobs: Working,
    serving: Held,
    fits: Fitting,
    dataset: str | None = None,
    offset: Offset = 0,
    limit: Limit = 100,
    lang: Lang = "en",
) -> FindingsPage:
    """The findings of the latest check of each dataset that was checked, those that fit; what was never checked has none here."""
    latest = latest_checks(jobs, serving.view(caller).version_graphs)
    if dataset is not None:
        serving.view(caller).version(dataset)
        latest = {id_: job for id_, job in latest.items() if job.version and job.version.dataset == dataset}
    return page(jobs, latest, fits, offset, limit, lang)


@router.get(
    "/findings/{id}",
    operation_id="explainFinding",
    response_class=Response,
    responses={
        200: {
            "description": "The finding in words.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Explanation"}},
                "text/plain": {"schema": {"type": "string"}},
            },
        },
        **declared(403, 404, 406, 503),
    },
)
def explain_finding(
    id: str, request: Request, caller: Calling, jobs: Working, serving: Held, lang: Lang = "en"
) -> Response:
    """What a finding of a dataset means, and how to put it right."""
    format_ = chosen(request.headers.get("accept"), TEXTS)
    latest = latest_checks(jobs, serving.view(caller).version_graphs)
    text = jobs.read(ExplainFinding({i: job.folder for i, job in latest.items()}, id.removeprefix("finding:"), lang))
    return explained(id, text, format_)


class Explanation(BaseModel):
    """Something in words."""

    name: str
    text: str


def explained(name: str, text: str, format_: str) -> Response:
    """The words, as text or in JSON."""
    if format_ == "text":
        return Response(text, media_type=TEXTS["text"])
    return JSONResponse({"name": name, "text": text})


def latest_checks(jobs: Jobs, graphs: frozenset[str]) -> dict[str, Job]:
    """The latest check of each dataset, by dataset: that of its highest version, and there the newest."""
    found: dict[str, Job] = {}
    for job in jobs.checks_of(graphs):
        assert job.version  # noqa: S101  # those are checks of versions
        known = found.get(job.version.dataset)
        if known is None or (known.version and known.version.number < job.version.number):
            found[job.version.dataset] = job
    return {found[name].id: found[name] for name in sorted(found)}


def page(
    jobs: Jobs, checks: Mapping[str, Job], fits: dict[str, str], offset: int, limit: int, lang: str
) -> FindingsPage:
    """The part of the findings that is asked for."""
    folders = {id_: job.folder for id_, job in checks.items()}
    found = jobs.read(ListFindings(folders, fits, offset, limit, lang))
    told = {id_: f"{job.version.dataset}/{job.version.number}" if job.version else "" for id_, job in checks.items()}
    return FindingsPage(total=found.total, offset=offset, limit=limit, checks=told, findings=list(found.findings))
