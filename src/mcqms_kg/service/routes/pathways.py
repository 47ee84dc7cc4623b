"""`/paths`, `/recognitions`, `/impacts`, `/coverages`, `/structures`: where credentials lead and count, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue, EmptyInput
from mcqms_kg.model import Version
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.service.dependencies import EXAMPLE_DAY, Calling, Held, Lang, Working
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import AskPathways
from mcqms_kg.service.serving import Serving
from mcqms_kg.store.layout import lay_out
from mcqms_kg.store.shipped import SHIPPED

router = APIRouter(tags=["pathways"])
PATHS: Mapping[str, str] = {
    "json": "application/json",
    "turtle": "text/turtle; charset=utf-8",
    "text": "text/plain; charset=utf-8",
    "svg": "image/svg+xml",
    "mermaid": "text/vnd.mermaid; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
}
RECOGNITIONS = {name: PATHS[name] for name in ("json", "turtle", "text", "svg", "mermaid")}
OBSERVATIONS = PATHS
STILL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For pictures and pages, which bring their own style and no program."""

Datasets = Annotated[
    list[str] | None,
    Query(alias="dataset", max_length=100, description="The datasets asked; all that you see if none."),
]
AsOf = Annotated[str | None, Query(max_length=20, description="The day; today if none.", examples=[EXAMPLE_DAY])]
Thing = Annotated[str, Query(alias="of", max_length=2000, description="Its IRI.")]
Best = Literal["shortest", "workload", "offramps"]
Weakness = Literal["dead-ends", "cycles", "unreachable", "bottlenecks", "duplicates", "map", "drift"]
_ERRORS = declared(403, 404, 406, 422, 503)


@dataclass(frozen=True)
class Asker:
    """What every question here comes with: who asks, of which datasets, as of which day, in which language."""

    request: Request
    caller: Caller
    serving: Serving
    jobs: Jobs
    datasets: tuple[str, ...]
    as_of: str | None
    language: str

    async def answer(self, types: Mapping[str, str], question: str, **values: Any) -> Response:
        """The answer in the format that is accepted."""
        format_ = chosen(self.request.headers.get("accept"), types)
        content = await run_in_threadpool(self.content, question, values, format_)
        found = document(self.request, content, types[format_])
        if format_ in ("svg", "html"):
            found.headers["Content-Security-Policy"] = STILL
        return found

    def content(self, question: str, values: Mapping[str, Any], format_: str, searched: int | None = None) -> bytes:
        """The answer in a format. Lines of files are not looked for where these are larger than `searched` in all."""
        root, files = self._files()
        places = searched is None or sum((root / file).stat().st_size for file in files) <= searched
        day = operations.as_date(self.as_of)
        return self.jobs.ask_pathways(AskPathways(root, files, question, values, day, format_, self.language, places))

    def _files(self) -> tuple[Path, tuple[str, ...]]:
        """The files of the versions that are asked, below the folder that holds the workspace."""
        root = self.serving.workspace.folder.absolute().parent
        files = [file for one in self._versions() for file in lay_out(self.serving.workspace, one)]
        return root, tuple(str(file.absolute().relative_to(root)) for file in files)

    def _versions(self) -> Iterable[Version]:
        seen = self.serving.view(self.caller)
        if SHIPPED in self.datasets:
            raise BadValue(f"{SHIPPED!r} is asked in any case", remedy="Name other datasets, or none.")
        if self.datasets:
            return [seen.version(name) for name in dict.fromkeys(self.datasets)]
        if not seen.handed_in:
            raise EmptyInput("You see no dataset", remedy="Hand one in, or send a token.")
        return seen.handed_in


def _asker(
    request: Request,
    caller: Calling,
    serving: Held,
    jobs: Working,
    dataset: Datasets = None,
    as_of: AsOf = None,
    lang: Lang = "en",
) -> Asker:
    return Asker(request, caller, serving, jobs, tuple(dataset or ()), as_of, lang)


Asking = Annotated[Asker, Depends(_asker)]


def _responses(types: Mapping[str, str]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The answer with its reasons.", "content": contents(types)}, **_ERRORS}


@router.get("/paths", operation_id="path", response_class=Response, responses=_responses(PATHS))
async def path(
    asking: Asking,
    holds: Annotated[list[str] | None, Query(max_length=100, description="What is held: IRIs.")] = None,
    to: Annotated[str | None, Query(max_length=2000, description="The target; everything in reach if none.")] = None,
    best: Best = "shortest",
    k: Annotated[int, Query(ge=1, le=20, description="How many ways, or gaps.")] = 1,
    seconds: Annotated[float, Query(gt=0, le=10, description="How long to look for proofs.")] = 5.0,
) -> Response:
    """How to get from what is held to a credential or job title, with the proof; or what is missing, and why."""
    return await asking.answer(PATHS, "path", holds=holds or [], to=to, best=best, count=k, seconds=seconds)


@router.get("/recognitions", operation_id="recognise", response_class=Response, responses=_responses(RECOGNITIONS))
async def recognise(
    asking: Asking,
    thing: Thing,
    place: Annotated[str, Query(alias="in", max_length=2000, description="A framework, a country or a body.")],
) -> Response:
    """Whether a credential is recognised in a framework or a country, at which level, by which chain of facts."""
    return await asking.answer(RECOGNITIONS, "recognise", credential=thing, place=place)


@router.get("/impacts", operation_id="impact", response_class=Response, responses=_responses(OBSERVATIONS))
async def impact(asking: Asking, thing: Thing) -> Response:
    """What breaks, and whose awards it touches, when a unit, credential, agreement or other fact is withdrawn."""
    return await asking.answer(OBSERVATIONS, "impact", value=thing)


@router.get("/coverages", operation_id="coverage", response_class=Response, responses=_responses(OBSERVATIONS))
async def coverage(asking: Asking, thing: Thing) -> Response:
    """Which credentials cover which share of what a job title requires, and what nobody covers."""
    return await asking.answer(OBSERVATIONS, "coverage", value=thing)


@router.get("/structures/{kind}", operation_id="structure", response_class=Response, responses=_responses(OBSERVATIONS))
async def structure(
    asking: Asking,
    kind: Weakness,
) -> Response:
    """Where the graph is weak, or how much of the occupation map is covered."""
    return await asking.answer(OBSERVATIONS, "structure", value=kind)
