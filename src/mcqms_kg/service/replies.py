"""Answers as responses that a client may keep: with an ETag, and 304 where nothing changed."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response


def reply(request: Request, content: bytes, media_type: str) -> Response:
    """The content, or 304 where the client has it already."""
    tag = f'"{hashlib.sha256(media_type.encode() + content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Vary": "Accept, Authorization", "Cache-Control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if request.method in ("GET", "HEAD") and tag in (part.strip() for part in known.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)
