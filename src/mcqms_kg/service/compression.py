"""gzip, for whoever accepts it and for answers that are worth it."""

from __future__ import annotations

from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request

SMALLEST = 1024
"""Bytes of a body from which it is compressed."""

Compression = GZipMiddleware


def compresses(request: Request, size: int) -> bool:
    """Whether an answer of that size is sent compressed; it is another representation then, and has another ETag."""
    return size >= SMALLEST and "gzip" in request.headers.get("accept-encoding", "")
