"""Every request has a caller before a route sees it, and no caller asks too often."""

from __future__ import annotations

import math

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.errors import McqmsError, Unauthenticated, WorkspaceError
from mcqms_kg.service.callers.access import ANYBODY, Caller
from mcqms_kg.service.callers.identity import Identities
from mcqms_kg.service.callers.rate import Rate, neighbourhood
from mcqms_kg.service.callers.sessions import Sessions, is_same
from mcqms_kg.service.http.problems import from_error, problem

_CREDENTIALS = (b"authorization", b"cookie")
SAFE = ("GET", "HEAD", "OPTIONS")
FORM_HEADER = "x-form-token"
"""With it a script of a page of ours shows that it is one, where it asks for a change."""


class Authenticated:
    """Finds out who calls; what cannot be found out is refused, and counts against the address."""

    def __init__(self, app: ASGIApp, rate: Rate) -> None:
        self._app, self._rate = app, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, address = Request(scope), neighbourhood(scope.get("address", "unknown"))
        try:
            caller = await sender(request)
        except McqmsError as error:
            waits = self._rate.wait(address)
            response = _too_often(waits) if waits else _refused(error)
            await response(scope, receive, send)
            return
        scope["caller"] = caller if _counts(request) else ANYBODY
        scope["who"] = address if caller == ANYBODY else f"caller {caller.name}"
        waits = not scope.get("counted") and self._rate.wait(scope["who"])
        if waits:
            await _too_often(waits)(scope, receive, send)
            return
        await self._app(scope, receive, send)


async def sender(request: Request) -> Caller:
    """By the header, else by the cookie of a session. A session whose token is good no more is at its end."""
    if not any(name in _CREDENTIALS for name, _ in request.scope["headers"]):
        return ANYBODY
    identities: Identities = request.app.state.identities
    sessions: Sessions = request.app.state.sessions
    headers = request.headers.getlist("authorization")
    session = None if headers else sessions.of(request)
    if session is None:
        return await identities.caller(headers)
    try:
        caller = await identities.caller([f"Bearer {session.token}"])
    except Unauthenticated:
        sessions.end(session.id)
        return ANYBODY
    request.scope.update(session=session, signed_in=caller)
    return caller


def _counts(request: Request) -> bool:
    """Whether the request is the sender's own wish. Browsers send cookies by themselves, so for a change a cookie is not enough."""
    session = request.scope.get("session")
    return session is None or request.method in SAFE or is_same(request.headers.get(FORM_HEADER, ""), session.form)


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
