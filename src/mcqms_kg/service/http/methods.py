"""HEAD, which is there where GET is; methods that a resource does not have, and OPTIONS, which tells those that it has."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.service.http.problems import of_the_framework, problem

ANY = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
"""What a route is registered for, so that it can answer for itself."""


def other_method(request: Request, known: Sequence[str]) -> Response | None:
    """The response to OPTIONS, or to a method that is not known here; nothing for the others."""
    if request.method in known and request.method != "OPTIONS":
        return None
    if request.method == "OPTIONS":
        response = Response(status_code=204)
    else:
        response = problem(405, "MethodNotAllowed", f"{request.method} means nothing here.")
    response.headers["Allow"] = ", ".join(known)
    return response


class Headed:
    """Has HEAD answered as GET is (RFC 9110, 9.3.2); the server sends no body for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        asked = {**scope, "method": "GET"}
        try:
            await self._app(asked, receive, send)
        finally:
            scope.update({**asked, "method": "HEAD"})  # which route it was


def explain_methods(app: FastAPI) -> None:
    """From now on whoever asks for a method that is not there is told all those that are."""

    @app.exception_handler(405)
    async def others(request: Request, error: HTTPException) -> Response:
        known = _known(app, request.scope)
        error.headers = {"Allow": ", ".join(known)}
        return other_method(request, known) or of_the_framework(error)


def _known(app: FastAPI, scope: Scope) -> list[str]:
    """The methods that some route has at an address."""
    asked = [{**scope, "method": method} for method in ANY]
    found = {scope["method"] for scope in asked for route in app.routes if route.matches(scope)[0] is Match.FULL}
    return [method for method in ANY if method in found | {"OPTIONS"} or (method == "HEAD" and "GET" in found)]
