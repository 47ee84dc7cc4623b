"""Answers as responses that a client may keep: with an ETag, and 304 where nothing changed. Large ones are sent piece by piece."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mcqms_kg.query.request import Answer
from mcqms_kg.service.http.compression import compresses
from mcqms_kg.service.http.negotiation import MEDIA_TYPES

_PIECE = 256 * 1024


def tag(answer: Answer) -> str:
    """What tells this answer in this format from every other."""
    return f"{answer.format}-{answer.digest[:32]}"


def reply(request: Request, answer: Answer) -> Response:
    """The whole answer, or 304 where the client has it already."""
    encoded = "-gzip" if compresses(request, answer.size) else ""
    headers = _headers(f"{tag(answer)}{encoded}")
    if _is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    media_type = MEDIA_TYPES[answer.format]
    if answer.file is None:
        return Response(answer.content, media_type=media_type, headers=headers)
    headers["Content-Length"] = str(answer.size)
    return StreamingResponse(_pieces(answer.file), media_type=media_type, headers=headers)


def document(request: Request, content: bytes, media_type: str) -> Response:
    """The same of a document that is no answer to a query."""
    encoded = "-gzip" if compresses(request, len(content)) else ""
    headers = _headers(hashlib.sha256(media_type.encode() + content).hexdigest()[:32] + encoded)
    if _is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Vary": "Accept, Authorization", "Cache-Control": "no-cache"}


def _is_known(request: Request, tag: str) -> bool:
    """By the weak comparison of RFC 9110, whatever number of headers it stands in."""
    known = [part.strip().removeprefix("W/") for part in ",".join(request.headers.getlist("if-none-match")).split(",")]
    return request.method in ("GET", "HEAD") and (tag in known or known == ["*"])


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := await run_in_threadpool(file.read, _PIECE):
            yield piece
