"""`/.well-known/quality-link-manifest`, `/datasets/{name}/opportunities.ttl`: what is offered, for aggregators such as QualityLink."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import threading
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Version
from mcqms_kg.namespaces import MC
from mcqms_kg.service.callers.access import ANYBODY
from mcqms_kg.service.dependencies import Held, Working
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import ExportFiles, Wish
from mcqms_kg.service.routes.datasets import Name
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import public_base, schac
from mcqms_kg.store.layout import lay_out

router = APIRouter(tags=["opportunities"])
MANIFEST = "/.well-known/quality-link-manifest"
SYNTAXES = {"ttl": "text/turtle; charset=utf-8", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}
MODEL_VERSION = "3.2"
_OFFERED_BY = terms.iri(MC + "isOfferedBy")
_MANIFEST_KINDS = {"json": "application/json", "yaml": "application/yaml"}


class Descriptions:
    """What is offered, as it was written last for each dataset: it is written anew for another version or another day."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[tuple[int, dt.date, str], dict[str, bytes]]] = {}

    def of(self, serving: Serving, jobs: Jobs, version: Version, base: str) -> dict[str, bytes]:
        """The files; raises `BadValue` where nothing is offered that can be described."""
        today = dt.datetime.now(dt.UTC).date()
        key = version.number, today, base
        with self._lock:
            known = self._kept.get(version.dataset)
            if known is None or known[0] != key:
                known = key, _written(serving, jobs, version, today, base)
                self._kept[version.dataset] = known
        if not known[1]:
            raise UnknownName(
                f"Dataset {version.dataset!r} offers nothing today that can be described",
                remedy="See why with `mcqms export --to elm --precheck`.",
            )
        return known[1]


def _written(serving: Serving, jobs: Jobs, version: Version, day: dt.date, base: str) -> dict[str, bytes]:
    root = serving.workspace.folder.absolute().parent
    files = tuple(str(path.absolute().relative_to(root)) for path in lay_out(serving.workspace, version))
    only = {"what": "opportunities"}
    try:
        work = ExportFiles(root, files, version.dataset, Wish("elm", "files", (), "en", day, base, only, force=True))
        return dict(jobs.do(work).files)
    except BadValue:
        return {}


def _public(serving: Serving) -> dict[str, Version]:
    """The latest version of every dataset that anybody sees and that offers something."""
    latest = serving.view(ANYBODY).latest
    home = serving.workspace.home
    return {name: v for name, v in latest.items() if any(True for _ in home.match(v.graph, None, _OFFERED_BY))}


def _base(request: Request) -> str:
    return public_base() or str(request.base_url)


def _manifest(serving: Serving, base: str) -> dict[str, Any]:
    sources = [
        {"type": "elm", "path": f"{base}datasets/{name}/opportunities.ttl", "version": MODEL_VERSION}
        for name in _public(serving)
    ]
    return {"sources": sources, "meta": {"schac": schac()} if schac() else {}}


async def _answer(request: Request, serving: Serving, kind: Literal["json", "yaml"]) -> Response:
    made = await run_in_threadpool(_manifest, serving, _base(request))
    text = json.dumps(made, indent=2) if kind == "json" else _yaml(made)
    return document(request, f"{text}\n".encode(), _MANIFEST_KINDS[kind])


def _yaml(made: dict[str, Any]) -> str:
    """The manifest as YAML; a string of JSON is one of YAML too."""
    lines = ["sources:"] if made["sources"] else ["sources: []"]
    for source in made["sources"]:
        lines += [f"{'  -' if n == 0 else '   '} {key}: {json.dumps(source[key])}" for n, key in enumerate(source)]
    meta = [f"  {key}: {json.dumps(value)}" for key, value in made["meta"].items()]
    return "\n".join([*lines, *(["meta:", *meta] if meta else ["meta: {}"])])


_JSON: dict[int | str, dict[str, Any]] = {
    200: {"description": "The manifest.", "content": {"application/json": {"schema": {"type": "object"}}}}
}
_YAML: dict[int | str, dict[str, Any]] = {
    200: {"description": "The manifest.", "content": {"application/yaml": {"schema": {"type": "object"}}}}
}


@router.get(MANIFEST, operation_id="qualityLinkManifest", response_class=Response, responses=_JSON)
@router.get(f"{MANIFEST}.json", operation_id="qualityLinkManifestJson", response_class=Response, responses=_JSON)
async def read_manifest(request: Request, serving: Held) -> Response:
    """Where aggregators find what is offered: one source for each public dataset."""
    return await _answer(request, serving, "json")


@router.get(f"{MANIFEST}.yaml", operation_id="qualityLinkManifestYaml", response_class=Response, responses=_YAML)
async def read_manifest_yaml(request: Request, serving: Held) -> Response:
    """The same in YAML."""
    return await _answer(request, serving, "yaml")


@router.get(
    "/datasets/{name}/opportunities.{syntax}",
    operation_id="readOpportunities",
    response_class=Response,
    responses={200: {"description": "What is offered today.", "content": contents(SYNTAXES)}, **declared(404, 503)},
)
async def read_opportunities(
    name: Name,
    syntax: Annotated[Literal["ttl", "rdf", "jsonld"], InPath(examples=["ttl"])],
    request: Request,
    jobs: Working,
    serving: Held,
) -> Response:
    """The learning opportunities of a public dataset in the European Learning Model, as of today."""
    version = (await run_in_threadpool(_public, serving)).get(name)
    if version is None:
        raise UnknownName(f"No public dataset {name!r} offers anything", remedy=f"They are listed at {MANIFEST}.")
    kept: Descriptions = request.app.state.descriptions
    files = await run_in_threadpool(kept.of, serving, jobs, version, _base(request))
    if f"opportunities.{syntax}" not in files:
        raise UnknownName("XML cannot hold a character of these texts", remedy="Ask for opportunities.ttl instead.")
    return _dated(request, document(request, files[f"opportunities.{syntax}"], SYNTAXES[syntax]), version)


def _dated(request: Request, answer: Response, version: Version) -> Response:
    """With the time of the last change: what is offered may be another thing on each day. A tag goes before it."""
    midnight = dt.datetime.combine(dt.datetime.now(dt.UTC).date(), dt.time(), dt.UTC)
    changed = max(version.at.astimezone(dt.UTC), midnight).replace(microsecond=0)
    headers = {name: answer.headers[name] for name in ("etag", "vary", "cache-control") if name in answer.headers}
    headers["Last-Modified"] = email.utils.format_datetime(changed, usegmt=True)
    if "if-none-match" not in request.headers and _since(request, changed):
        return Response(status_code=304, headers=headers)
    answer.headers["Last-Modified"] = headers["Last-Modified"]
    return answer


def _since(request: Request, changed: dt.datetime) -> bool:
    try:
        since = email.utils.parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False
    return since.tzinfo is not None and since >= changed
