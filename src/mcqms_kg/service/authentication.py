"""Every request has a caller before a route sees it, and no caller asks too often."""

from __future__ import annotations

import math

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.errors import McqmsError, Unauthenticated, WorkspaceError
from mcqms_kg.service.access import ANYBODY
from mcqms_kg.service.identity import Identities
from mcqms_kg.service.problems import from_error, problem
from mcqms_kg.service.rate import Rate, neighbourhood


class Authenticated:
    """Finds out who calls; what cannot be found out is refused, and counts against the address."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self._app, self._rate = app, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, address = Request(scope), neighbourhood(scope.get("address", "unknown"))
        identities: Identities = request.app.state.identities
        try:
            caller = await identities.caller(request.headers.getlist("authorization"))
        except McqmsError as error:
            waits = self._rate.wait(address)
            response = _too_often(waits) if waits else _refused(error)
            await response(scope, receive, send)
            return
        scope["caller"] = caller
        waits = self._rate.wait(address if caller == ANYBODY else f"caller {caller.name}")
        if waits:
            await _too_often(waits)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _refused(error: McqmsError) -> ASGIApp:
    if isinstance(error, WorkspaceError):  # the file of the tokens; where it lies is nobody's business here
        return problem(503, "Unavailable", "Tokens cannot be looked up at the moment.")
    response = from_error(error)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = 'Bearer realm="mcqms", error="invalid_token"'
    return response


def _too_often(waits: float) -> ASGIApp:
    response = problem(429, "TooManyRequests", "There were too many requests in a short time.")
    response.headers["Retry-After"] = str(math.ceil(waits))
    return response
