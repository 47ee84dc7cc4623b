"""What stands before the routes: each request passes here, from the door to the caller's name, and each answer on its way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.callers.authentication import Authenticated
from mcqms_kg.service.callers.event_streams import EventStreams
from mcqms_kg.service.callers.keys import keys_of
from mcqms_kg.service.callers.oidc import Issuer
from mcqms_kg.service.callers.rate import Rate
from mcqms_kg.service.http.body_limits import Bounded
from mcqms_kg.service.http.doorway import Door, Doorway
from mcqms_kg.service.pages.errors import ErrorPages
from mcqms_kg.service.request_log import Logged
from mcqms_kg.settings import Oidc, ServiceLimits, cors_origins

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
_SENT, _SHOWN = ("Authorization", "Content-Type", "If-None-Match"), ("ETag", "Location", "Retry-After", "X-Request-ID")


@dataclass(frozen=True)
class Front:
    """Who may come in, and how much they may bring. By default it is this machine, without an issuer, and no page of another origin."""

    door: Door = field(default_factory=lambda: Door(LOOPBACK))
    limits: ServiceLimits = field(default_factory=ServiceLimits)
    issuer: Issuer | None = None
    origins: Sequence[str] = ()


def front_of(door: Door, limits: ServiceLimits) -> Front:
    """The front that the environment asks for; raises `BadValue` or `Unsupported` where it cannot be had."""
    oidc = Oidc.from_environment()
    return Front(door, limits, Issuer(oidc, keys_of(oidc)) if oidc else None, cors_origins())


class Protected:
    """Adds to every response the headers that forbid a browser what it might do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                named = {name.lower() for name, _ in given}  # a page of ours may bring a policy that fits it
                message = {**message, "headers": [*given, *(h for h in _HEADERS if h[0] not in named)]}
            await send(message)

        await self._app(scope, receive, sent)


def put_before(app: FastAPI, front: Front) -> None:
    """Puts the front before the routes of the application. What is added last is passed first."""
    limits = front.limits
    app.add_middleware(Bounded, max_bytes=limits.max_request_bytes, seconds=limits.request_timeout_s)
    app.state.rate = Rate(limits.rate_per_minute, limits.rate_burst)
    app.state.event_streams = EventStreams(limits.max_event_streams)
    app.add_middleware(Authenticated, rate=app.state.rate)
    if front.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(front.origins),
            allow_methods=_METHODS,
            allow_headers=_SENT,
            expose_headers=_SHOWN,
            allow_credentials=False,
        )
    app.add_middleware(Doorway, door=front.door)
    app.add_middleware(Logged)
    app.add_middleware(ErrorPages)
    app.add_middleware(Protected)
