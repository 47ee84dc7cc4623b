"""`/paths`, `/recognitions`, `/impacts`, `/coverages`, `/structures`: where credentials lead and count, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue, EmptyInput
from mcqms_kg.model import Version
from mcqms_kg.service.access import Caller
from mcqms_kg.service.edge import EXAMPLE_DAY, Calling, Held, Lang, Working, contents, visible
from mcqms_kg.service.jobs import Jobs
from mcqms_kg.service.negotiation import chosen
from mcqms_kg.service.problems import declared
from mcqms_kg.service.replies import document
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.work import AskPathways
from mcqms_kg.store.laid_out import lay_out
from mcqms_kg.store.shipped import SHIPPED

router = APIRouter(tags=["pathways"])
_TEXT = {
    "json": "application/json",
    "turtle": "text/turtle; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "mermaid": "text/vnd.mermaid; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}
PATHS: Mapping[str, str] = _TEXT
RECOGNITIONS = {name: _TEXT[name] for name in ("json", "turtle", "text", "svg", "mermaid")}
OBSERVATIONS = {name: _TEXT[name] for name in ("json", "turtle", "text")}
_STILL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For pictures and pages, which bring their own style and no program."""

_IRI = {"max_length": 2000}
Datasets = Annotated[
    list[str] | None,
    Query(alias="dataset", max_length=100, description="The datasets asked; all that you see if none."),
]
AsOf = Annotated[str | None, Query(max_length=20, description="The day; today if none.", examples=[EXAMPLE_DAY])]
Thing = Annotated[str, Query(alias="of", description="Its IRI.", **_IRI)]
_ERRORS = declared(403, 404, 406, 422, 503)


def _responses(types: Mapping[str, str]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The answer with its reasons.", "content": contents(types)}, **_ERRORS}


@router.get("/paths", operation_id="path", response_class=Response, responses=_responses(PATHS))
async def path(
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    holds: Annotated[list[str] | None, Query(max_length=100, description="What is held: IRIs.")] = None,
    to: Annotated[str | None, Query(description="The IRI of the target; everything in reach if none.", **_IRI)] = None,
    best: Literal["shortest", "workload", "offramps"] = "shortest",
    k: Annotated[int, Query(ge=1, le=20, description="How many ways, or gaps.")] = 1,
    seconds: Annotated[float, Query(gt=0, le=10, description="How long to look for proofs.")] = 5.0,
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Response:
    """How to get from what is held to a credential or job title, with the proof; or what is missing, and why."""
    asked = {"holds": holds or [], "to": to, "best": best, "count": k, "seconds": seconds}
    return await _answer(request, serving, jobs, caller, PATHS, "path", asked, dataset, as_of, lang)


@router.get("/recognitions", operation_id="recognise", response_class=Response, responses=_responses(RECOGNITIONS))
async def recognise(
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    thing: Thing,
    place: Annotated[str, Query(alias="in", max_length=2000, description="A framework, a country or a body.")],
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Response:
    """Whether a credential is recognised in a framework or a country, at which level, by which chain of facts."""
    asked = {"credential": thing, "place": place}
    return await _answer(request, serving, jobs, caller, RECOGNITIONS, "recognise", asked, dataset, as_of, lang)


@router.get("/impacts", operation_id="impact", response_class=Response, responses=_responses(OBSERVATIONS))
async def impact(
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    thing: Thing,
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Response:
    """What breaks, and whose awards it touches, when a unit, credential, provider, agreement or licence is withdrawn."""
    asked = {"value": thing}
    return await _answer(request, serving, jobs, caller, OBSERVATIONS, "impact", asked, dataset, as_of, lang)


@router.get("/coverages", operation_id="coverage", response_class=Response, responses=_responses(OBSERVATIONS))
async def coverage(
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    thing: Thing,
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Response:
    """Which credentials cover which share of what a job title requires, and what nobody covers."""
    asked = {"value": thing}
    return await _answer(request, serving, jobs, caller, OBSERVATIONS, "coverage", asked, dataset, as_of, lang)


@router.get("/structures/{kind}", operation_id="structure", response_class=Response, responses=_responses(OBSERVATIONS))
async def structure(
    kind: Literal["dead-ends", "cycles", "unreachable", "bottlenecks", "duplicates", "map", "drift"],
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Response:
    """Where the graph is weak, or how much of the occupation map is covered."""
    asked = {"value": kind}
    return await _answer(request, serving, jobs, caller, OBSERVATIONS, "structure", asked, dataset, as_of, lang)


async def _answer(
    request: Request,
    serving: Serving,
    jobs: Jobs,
    caller: Caller,
    types: Mapping[str, str],
    question: str,
    values: Mapping[str, Any],
    datasets: Iterable[str] | None,
    as_of: str | None,
    language: str,
) -> Response:
    format_ = chosen(request.headers.get("accept"), types)
    day = operations.as_date(as_of)
    content = await run_in_threadpool(
        lambda: jobs.ask_pathways(
            AskPathways(*_files(serving, caller, datasets), question, values, day, format_, language)
        )
    )
    found = document(request, content, types[format_])
    if format_ in ("svg", "html"):
        found.headers["Content-Security-Policy"] = _STILL
    return found


def _files(serving: Serving, caller: Caller, datasets: Iterable[str] | None) -> tuple[Any, tuple[str, ...]]:
    """The files of the latest versions that are asked, below the folder that holds the workspace."""
    root = serving.workspace.folder.absolute().parent
    files = [file for one in _versions(serving, caller, datasets) for file in lay_out(serving.workspace, one)]
    return root, tuple(str(file.absolute().relative_to(root)) for file in files)


def _versions(serving: Serving, caller: Caller, datasets: Iterable[str] | None) -> list[Version]:
    if datasets:
        if SHIPPED in datasets:
            raise BadValue(f"{SHIPPED!r} is asked in any case", remedy="Name other datasets, or none.")
        return [visible(serving, caller, name) for name in dict.fromkeys(datasets)]
    latest = {one.dataset: one for one in serving.view(caller).versions if one.dataset != SHIPPED}
    if not latest:
        raise EmptyInput("You see no dataset", remedy="Hand one in, or send a token.")
    return list(latest.values())
