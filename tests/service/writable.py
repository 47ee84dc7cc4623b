"""A service whose every caller may do everything, for tests of what is done and not of who may."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.service.app import application
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.serving import Serving

ADMIN = Caller("Ana", Role.ADMIN)


class Calling:
    """Says who calls, after everybody else has."""

    def __init__(self, app: ASGIApp, caller: Caller) -> None:
        self._app, self._caller = app, caller

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["caller"] = self._caller
        await self._app(scope, receive, send)


@contextmanager
def writable(start: Callable[[], Serving], caller: Caller = ADMIN) -> Iterator[httpx.Client]:
    """A client of such a service."""
    app = application(start)
    app.user_middleware.insert(-1, Middleware(Calling, caller=caller))  # before the last, which answers `/sparql`
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the service did not start"
                time.sleep(0.02)
            port = listening.getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()
