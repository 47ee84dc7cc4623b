"""The web server: how it is set up, and how it stops."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from fastapi import FastAPI

from mcqms_kg.service.connection import connection
from mcqms_kg.settings import ServiceLimits

_LAST_S = 5
"""What those who were told that the service stops have to say so to their callers."""


class Server(uvicorn.Server):
    """Lets those at work finish for some seconds when it is told to stop, then tells them that it stops."""

    def __init__(self, app: FastAPI, limits: ServiceLimits, *, host: str = "127.0.0.1", port: int = 8000) -> None:
        self._application, self._limits = app, limits
        super().__init__(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                http=connection(limits, app.state.short_way),
                ws="none",
                log_level="warning",
                access_log=False,
                server_header=False,
                date_header=False,
                proxy_headers=False,
                timeout_keep_alive=limits.keep_alive_s,
                limit_concurrency=limits.max_connections,
                timeout_graceful_shutdown=limits.shutdown_s + _LAST_S,
            )
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        serving = getattr(self._application.state, "serving", None)
        loop = asyncio.get_running_loop()
        end = loop.call_later(self._limits.shutdown_s, serving.end_work) if serving else None
        try:
            await super().shutdown(sockets)
        finally:
            if end:
                end.cancel()
