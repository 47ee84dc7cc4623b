"""The application: its routes, who may call it, and what every response carries."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import mcqms_kg
from mcqms_kg.service.described import describe
from mcqms_kg.service.graphs import graphs
from mcqms_kg.service.jobs import Jobs
from mcqms_kg.service.metrics import Measured, Metrics
from mcqms_kg.service.problems import explain_problems
from mcqms_kg.service.routes import include_routes
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.sparql import sparql
from mcqms_kg.settings import JobLimits

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
]


class Protected:
    """Adds to every response the headers that forbid a browser what it might do with it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        await self._app(scope, receive, sent)


def application(start: Callable[[], Serving], hosts: Sequence[str] = LOOPBACK, check_processes: int = 2) -> FastAPI:
    """The service over what `start` opens.

    It answers to the names in `hosts` only, so that no page in a browser can reach it by another name.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.serving = start()
        app.state.jobs = Jobs(JobLimits.from_environment(), check_processes)
        try:
            yield
        finally:
            app.state.jobs.stop()
            app.state.serving.stop()

    app = FastAPI(title="mcqms-kg", version=mcqms_kg.__version__, lifespan=life, docs_url=None, redoc_url=None)
    for path in ("/sparql", "/sparql/"):
        app.add_route(path, sparql, methods=["GET", "POST"], include_in_schema=False)
    app.add_route("/graphs", graphs, methods=["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
    include_routes(app)
    explain_problems(app)
    describe(app)
    app.state.metrics = Metrics()
    app.add_middleware(Measured, metrics=app.state.metrics)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(Protected)
    return app
