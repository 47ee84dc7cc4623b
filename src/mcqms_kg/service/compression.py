"""gzip, for whoever accepts it and for answers that are worth it."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

SMALLEST = 1024
"""Bytes of a body from which it is compressed."""
_LEVEL = 5
_REFUSED = re.compile(r"(?:^|,)\s*gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)


class Compression:
    """Compresses answers; who says `gzip;q=0` gets them as they are, which the library does not see."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._packed = app, GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = scope["type"] != "http" or _refuses(Headers(scope=scope))
        await (self._plain if refused else self._packed)(scope, receive, send)


def compresses(request: Request, size: int) -> bool:
    """Whether an answer of that size is sent compressed; it is another representation then, and has another ETag."""
    return size >= SMALLEST and "gzip" in request.headers.get("accept-encoding", "") and not _refuses(request.headers)


def _refuses(headers: Headers) -> bool:
    return bool(_REFUSED.search(headers.get("accept-encoding", "")))
