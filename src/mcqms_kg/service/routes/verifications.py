"""`/verifications`: whether a file that is handed in can be believed, point by point. Nothing is fetched."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.dependencies import Calling, Lang, Working
from mcqms_kg.service.http import openapi_bodies
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.uploads import Upload, receive
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.jobs.work import VerifyFile
from mcqms_kg.service.routes.findings import TEXTS

router = APIRouter(tags=["verifications"])
_BODY = openapi_bodies.body(
    openapi_bodies.form(
        {
            "file": openapi_bodies.files("An audit pack, or a badge: JSON, a JWT, or a PNG or SVG image.", maxItems=1),
            "trust": openapi_bodies.files("Lists of known issuers, as JSON; for packs also a text with keys."),
            "status": openapi_bodies.files("Status lists that you have fetched from their issuers."),
            "data": openapi_bodies.files("RDF files whose organisations are known as issuers."),
            "key": {"type": "string", "description": "Keys that you trust in packs, as did:key, with spaces between."},
            "as_of": openapi_bodies.DAY,
        },
        "file",
    )
)


_ALSO = (".zip", ".txt")
"""Packs, and files with the keys that are trusted."""
_KEY = re.compile(r"did:key:z[1-9A-HJ-NP-Za-km-z]{20,2000}")


class Verified(BaseModel):
    """What verifying a file came to; each point has its own verdict."""

    file: str
    kind: str
    as_of: str
    proof: Literal["good", "failed", "could not check"]
    about: dict[str, str]
    points: list[dict[str, Any]]


_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The points, good or not.", "content": contents(TEXTS, "Verified")}
}


@router.post(
    "/verifications",
    operation_id="verify",
    response_class=Response,
    openapi_extra={"requestBody": _BODY},
    responses={**_ANSWER, **declared(403, 406, 413, 415, 422, 503)},
)
async def verify(request: Request, caller: Calling, jobs: Working, lang: Lang = "en") -> Response:
    """Verify a file: a badge by its form, signature, key, dates, status and issuer, an audit pack by making its check again."""
    format_ = chosen(request.headers.get("accept"), TEXTS)
    permit(caller, Action.CHECK)
    with tempfile.TemporaryDirectory(prefix="mcqms-upload-", dir=jobs.scratch) as folder:
        upload = await receive(request, Path(folder), jobs.limits, "file", "trust", "status", "data", also=_ALSO)
        return await run_in_threadpool(_answer, jobs, upload, format_, lang)


def _answer(jobs: Jobs, upload: Upload, format_: str, lang: str) -> Response:
    unknown = set(upload.values) - {"as_of", "key"}
    if unknown:
        raise BadValue(
            f"There is no field {min(unknown)[:40]!r}", remedy="Known: file, trust, status, data, key, as_of."
        )
    if len(upload.of("file")) != 1:
        raise BadValue("There are several files to verify", remedy="Send one.")
    (file,), trust, lists, data = (_paths(upload, field) for field in ("file", "trust", "status", "data"))
    as_of = operations.as_date(upload.values.get("as_of"))
    keys = upload.values.get("key", "").split()
    if not all(map(_KEY.fullmatch, keys)):
        raise BadValue("The field 'key' names no did:key", remedy="Send what `mcqms key show` gives.")
    trust = (*trust, *map(Path, keys))
    work = VerifyFile(upload.folder, file, as_of, trust, lists, data, format_, lang)
    return Response(jobs.do(work), media_type=TEXTS[format_])


def _paths(upload: Upload, field: str) -> tuple[Path, ...]:
    return tuple(Path(field) / name for name in upload.files.get(field, ()))
