"""The way to `/sparql`: past the router, because it is gone thousands of times in a second."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.service.http.problems import of_the_framework

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Way:
    """What logs and numbers call the route."""

    path: str


class Straight:
    """Hands requests for some paths to their endpoints, and all others on."""

    def __init__(self, app: ASGIApp, endpoints: Mapping[str, Endpoint]) -> None:
        self._app = app
        self._known = {path: (endpoint, Way(path)) for path, endpoint in endpoints.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._known.get(scope["path"]) if scope["type"] == "http" else None
        if known is None:
            await self._app(scope, receive, send)
            return
        endpoint, scope["route"] = known
        try:
            response = await endpoint(Request(scope, receive))
        except HTTPException as error:  # a body that is too slow, or too large
            response = of_the_framework(error)
        await response(scope, receive, send)
