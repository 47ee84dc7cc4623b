"""Connections: what the web server leaves open, a request whose headers never end, is closed here."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mcqms_kg.settings import ServiceLimits

_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class BoundedConnection(HttpToolsProtocol):
    """A connection whose headers must be whole within a time and a size.

    What comes behind a body in the way of headers (trailers) is dropped: a server in front has not looked at it.
    """

    limits = ServiceLimits()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_headers, self._unread = True, 0
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._patience is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        self._unread += len(data)
        super().data_received(data)
        if self._unread > self.limits.max_header_bytes:  # and nothing of it was more than a part of a header
            self._refuse(_LONG)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_headers, self._unread = True, 0

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_headers, self._unread = False, 0
        self._stop_waiting()
        super().on_headers_complete()

    def on_chunk_header(self) -> None:
        self._unread = 0

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        super().on_body(body)

    def _wait(self) -> None:
        self._patience = self.loop.call_later(self.limits.request_timeout_s, self._refuse, _SLOW)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _refuse(self, answer: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()


def connection(limits: ServiceLimits) -> type[BoundedConnection]:
    """The kind of connection that has these limits."""
    return type("Connection", (BoundedConnection,), {"limits": limits})
