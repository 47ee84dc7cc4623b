"""Errors for people: whoever would rather have a page gets one that says the same as the problem that programs get."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.http.headers import header
from mcqms_kg.service.http.negotiation import ranges
from mcqms_kg.service.http.problems import MEDIA_TYPE
from mcqms_kg.service.pages.page import page_of
from mcqms_kg.service.pages.words import table

LOG = logging.getLogger("mcqms.requests")
_KEPT = ("www-authenticate", "retry-after", "x-request-id", "allow", "connection")


def prefers_page(accept: str) -> bool:
    """Whether HTML is named, and nothing else is wished for as much before it."""
    if "html" not in accept.lower():
        return False
    wished = sorted(((kind, weight) for kind, weight in ranges(accept) if weight > 0), key=lambda item: -item[1])
    return bool(wished) and wished[0][0] in ("text/html", "application/xhtml+xml")


class ErrorPages:
    """Turns a problem that is on its way to a browser into a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not prefers_page(header(scope, b"accept")):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_problem(message):
                held.append(message)
            elif held:
                held.append(message)
                if not message.get("more_body", False):
                    await _as_page(scope, held)(scope, receive, send)
            else:
                await send(message)

        await self._app(scope, receive, sent)


def _is_problem(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(MEDIA_TYPE.encode()) for name, value in message["headers"]
    )


def _as_page(scope: Scope, held: list[Message]) -> ASGIApp:
    start, *rest = held
    body = b"".join(part.get("body", b"") for part in rest)
    given = MutableHeaders(raw=list(start["headers"]))
    try:
        told = gzip.decompress(body) if given.get("content-encoding") == "gzip" else body  # our own, from inside
        response: Response = _page(scope, start["status"], json.loads(told))
    except Exception as unforeseen:  # the problem itself is better than nothing
        LOG.error(json.dumps({"error": type(unforeseen).__name__, "page": "error.html.jinja"}))
        response = Response(body, start["status"], media_type=MEDIA_TYPE)
    response.headers.update({name: given[name] for name in _KEPT if name in given})
    return response


def _page(scope: Scope, status: int, problem: Mapping[str, Any]) -> Response:
    page = page_of(Request(scope))
    kind = next(kind for kind in (f"error-{status}", f"error-{status // 100}xx") if f"{kind}-title" in table())
    number = problem.get("request") or scope.get("request_id", "")
    return page.render("error.html.jinja", status, status=status, kind=kind, problem=problem, number=number)
