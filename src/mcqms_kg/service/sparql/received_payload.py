"""Graphs that are sent: the bytes in a file that lasts as long as the request, and the syntax that the media type names."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from mcqms_kg.query.update.payload import MULTIPART, SYNTAXES, Payload
from mcqms_kg.service.http.bodies import Refused, chunks, media_type
from mcqms_kg.service.serving import Serving


@asynccontextmanager
async def received(request: Request, serving: Serving) -> AsyncIterator[tuple[Payload, ...]]:
    """The body as a file; raises `Refused` where its media type is unknown, or it is too large."""
    kind = media_type(request)
    if kind not in (*SYNTAXES, MULTIPART):
        raise Refused(415, "UnsupportedMediaType", f"Send one of: {', '.join((*SYNTAXES, MULTIPART))}.")
    folder = Path(await run_in_threadpool(tempfile.mkdtemp, dir=serving.workspace.originals.incoming))
    try:
        with (folder / "body").open("wb") as out:
            async for chunk in chunks(request, serving.update_limits.update_max_bytes):
                out.write(chunk)
        yield (Payload(folder / "body", request.headers["content-type"]),)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
