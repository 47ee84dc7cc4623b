"""gzip, for whoever accepts it and for answers that are worth it."""

from __future__ import annotations

import re

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.http.headers import header

SMALLEST = 1024
"""Bytes of a body from which it is compressed."""
_LEVEL = 5
_REFUSED = re.compile(r"(?:^|,)\s*gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)


class Compression:
    """Compresses answers; who says `gzip;q=0` gets them as they are, which the library does not see."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain, self._packed = app, GZipMiddleware(app, minimum_size=SMALLEST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        accepted = header(scope, b"accept-encoding") if scope["type"] == "http" else ""
        if "gzip" in accepted and not _refuses(accepted):
            await self._packed(scope, receive, send)
        else:
            await self._plain(scope, receive, _varied(send) if scope["type"] == "http" else send)


def compresses(request: Request, size: int) -> bool:
    """Whether an answer of that size is sent compressed; it is another representation then, and has another ETag."""
    accepted = request.headers.get("accept-encoding", "")
    return size >= SMALLEST and "gzip" in accepted and not _refuses(accepted)


def _varied(send: Send) -> Send:
    """An answer that is sent as it is says that others may get it compressed."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message.get("headers", [])
            at = next((n for n, (name, _) in enumerate(headers) if name == b"vary"), None)
            if at is None:
                headers = [*headers, (b"vary", b"Accept-Encoding")]
            elif b"accept-encoding" not in headers[at][1].lower():
                headers = [*headers[:at], (b"vary", headers[at][1] + b", Accept-Encoding"), *headers[at + 1 :]]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def _refuses(accepted: str) -> bool:
    return bool(_REFUSED.search(accepted))
