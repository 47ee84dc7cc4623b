"""Numbers for Prometheus: requests by the pattern of their route, which holds no name, their time, and jobs by state."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.jobs.jobs import State

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"))


class Metrics:
    """The numbers of one application."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self._requests = Counter("mcqms_requests", "Requests.", labels, registry=self._registry)
        self._seconds = Histogram(
            "mcqms_request_seconds", "Time to the end of the response.", ("route",), registry=self._registry
        )
        self._jobs = Gauge("mcqms_jobs", "Checks and validations that are kept.", ("state",), registry=self._registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        requests, times = self._of(method if method in _METHODS else "other", route, status)
        requests.inc()
        times.observe(seconds)

    @lru_cache(maxsize=4096)  # noqa: B019  # as many as there are routes, methods and statuses, and for as long as the application
    def _of(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(method, route, str(status)), self._seconds.labels(route)

    def text(self, jobs: Mapping[State, int]) -> bytes:
        """Everything as Prometheus reads it."""
        for state, number in jobs.items():
            self._jobs.labels(state.value).set(number)
        return generate_latest(self._registry)


class Measured:
    """Counts every request by the pattern of its route; what fits none is counted together."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            route = getattr(scope.get("route"), "path", "none")
            self._metrics.count(scope["method"], route, status, time.perf_counter() - begun)


def metrics_of(app: FastAPI) -> Metrics:
    return cast(Metrics, app.state.metrics)
