"""`/exports`, `/datasets/{name}/export`: what data says in the formats of others, what is lost, and whether they will accept it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.dependencies import EXAMPLE_DAY, Calling, Held, Lang, Working
from mcqms_kg.service.handing_in import received
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import REPORTS, contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import Exported, ExportFiles, Wish
from mcqms_kg.service.routes.datasets import Name
from mcqms_kg.store.layout import lay_out

router = APIRouter(tags=["exports"])
MEDIA: Mapping[str, str] = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".rdf": "application/rdf+xml",
    ".graphml": "application/graphml+xml",
    ".gexf": "application/gexf+xml",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
"""The ending of a file to the media type it is sent with; others are bytes."""
_BYTES = "application/octet-stream"
_PACKED = (1980, 1, 1, 0, 0, 0)
"""The date of files in an archive: the same files give the same bytes."""
_BODY = openapi_bodies.body(
    openapi_bodies.form({"data": openapi_bodies.files()}, "data"), openapi_bodies.documents({"type": "string"})
)
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A file, an archive of several, what was lost, or the report of the precheck. `Mcqms-Losses` counts what was lost.",
        "content": {
            **contents(REPORTS),
            **{kind.split(";")[0]: {"schema": {"type": "string"}} for kind in (*MEDIA.values(), _BYTES)},
        },
    },
    **declared(403, 404, 406, 413, 415, 422, 503),
}


def _wish(
    request: Request,
    to: Annotated[str, Query(max_length=40, description="A standard, or an RDF syntax.", examples=["ctdl"])],
    part: Annotated[
        Literal["files", "losses", "precheck"],
        Query(description="The files, what was lost, or whether the target will accept them."),
    ] = "files",
    about: Annotated[
        list[str] | None, Query(max_length=100, description="The IRIs of what is wanted; all if none.")
    ] = None,
    as_of: Annotated[
        str | None, Query(max_length=20, description="The day; today if none.", examples=[EXAMPLE_DAY])
    ] = None,
    base: Annotated[
        str | None, Query(max_length=500, description="Under which the files will stand; this service if none.")
    ] = None,
    option: Annotated[
        list[str] | None, Query(max_length=20, description="Options of the standard, like name=value.")
    ] = None,
    force: Annotated[bool, Query(description="Write it even if the target would not accept it.")] = False,
    lang: Lang = "en",
) -> Wish:
    named = dict(text.partition("=")[::2] for text in option or ())
    if not all(named) or any("=" not in text for text in option or ()):
        raise BadValue("An option is not like name=value", remedy="Mend it.")
    where = base or str(request.base_url)
    return Wish(to, part, tuple(about or ()), lang, operations.as_date(as_of), where, named, force)


Wishing = Annotated[Wish, Depends(_wish)]


@router.get("/datasets/{name}/export", operation_id="exportDataset", response_class=Response, responses=_RESPONSES)
async def export_dataset(
    name: Name,
    request: Request,
    wish: Wishing,
    caller: Calling,
    jobs: Working,
    serving: Held,
    version: Annotated[int | None, Query(ge=1, le=1_000_000_000, description="The latest if none.")] = None,
) -> Response:
    """A dataset in another standard or syntax; it is refused where the target would not accept it."""
    format_ = _report_format(request, wish)
    found = serving.view(caller).version(name, version)
    root = serving.workspace.folder.absolute().parent
    files = tuple(str(path.absolute().relative_to(root)) for path in lay_out(serving.workspace, found))
    return await _answered(request, jobs, ExportFiles(root, files, name, wish, format_))


@router.post(
    "/exports",
    operation_id="exportTo",
    response_class=Response,
    openapi_extra={"requestBody": _BODY},
    responses=_RESPONSES,
)
async def export_files(request: Request, wish: Wishing, caller: Calling, jobs: Working) -> Response:
    """The same of files that you send; nothing of them is kept."""
    permit(caller, Action.CHECK)
    format_ = _report_format(request, wish)
    async with received(request, jobs) as upload:
        if upload.values:
            raise BadValue(f"There is no field {min(upload.values)[:40]!r}", remedy="Known: data.")
        work = ExportFiles(upload.folder / "data", upload.of("data"), "data", wish, format_)
        return await _answered(request, jobs, work)


def _report_format(request: Request, wish: Wish) -> str:
    return chosen(request.headers.get("accept"), REPORTS) if wish.part == "precheck" else ""


async def _answered(request: Request, jobs: Jobs, work: ExportFiles) -> Response:
    wish = work.wish
    made = await run_in_threadpool(jobs.do, work)
    name, content = _one(made, f"{work.name}-{wish.to}.zip")
    media_type = REPORTS[work.format] if wish.part == "precheck" else MEDIA.get(Path(name).suffix, _BYTES)
    found = document(request, content, media_type)
    found.headers["Mcqms-Losses"] = str(made.losses)
    if wish.part == "files":
        found.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(Path(name).name)}"
    return found


def _one(made: Exported, called: str) -> tuple[str, bytes]:
    """The file, or an archive of the files where there are several."""
    if len(made.files) == 1:
        return next(iter(made.files.items()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.files.items():
            archive.writestr(zipfile.ZipInfo(name, _PACKED), content, zipfile.ZIP_DEFLATED)
    return called, packed.getvalue()
