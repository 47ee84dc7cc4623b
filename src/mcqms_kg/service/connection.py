"""Connections: what the web server leaves open, a request whose headers never end, is closed here."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from starlette.types import Scope
from uvicorn._types import ASGI3Application
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mcqms_kg.service.http.body_limits import SLOWEST
from mcqms_kg.service.short_way import ShortWay
from mcqms_kg.settings import ServiceLimits

_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class BoundedConnection(HttpToolsProtocol):
    """A connection whose headers must be whole within a time and a size, and whose answers must be taken in time.

    What comes behind a body in the way of headers (trailers) is dropped: a server in front has not looked at it.
    """

    limits = ServiceLimits()
    short_way: ShortWay

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_headers, self._unread = True, 0
        self._patience: asyncio.TimerHandle | None = None
        self._is_first, self._held = False, False
        self._begun, self._ended = 0, 0
        self._reader: asyncio.TimerHandle | None = None
        self._behind: bytearray | None = None
        """What came behind a request that is answered without being taken apart; nothing where there is none."""
        self._known: dict[str, Any] = {}
        """What was found out of it, where it has to go the whole way all the same."""
        self._is_last = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._reader_came()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        if self._behind is None:
            super().shutdown()
        else:
            self._is_last = True

    def pause_writing(self) -> None:
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        self._reader_came()
        super().resume_writing()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._await_reader()
        else:
            self._reader_came()

    def data_received(self, data: bytes) -> None:
        if self._behind is not None:
            self._behind += data
            self.flow.pause_reading()
            return
        is_at_rest, host = self._is_at_rest(), self.client and self.client[0]
        if is_at_rest and (answer := self.short_way.again(data, host)):
            self._stop_waiting()
            self.transport.write(answer)
            self.on_response_complete()
            return
        if is_at_rest and (known := self.short_way.known(data, host)):
            self._go_at_once(data, *known)
            return
        begun = self._begun
        self._take(data)
        if is_at_rest and self._begun == self._ended == begun + 1 and self.cycle is not None:
            self.short_way.keep(data, host, cast(Scope, self.cycle.scope))

    def _go_at_once(self, data: bytes, scope: Scope, body: bytes) -> None:
        """Goes the short way with a request that was not taken apart; where that leads nowhere, it is, and goes the whole way."""
        self._stop_waiting()
        self._unset_keepalive_if_required()
        self._behind = bytearray()

        def done(answer: bytes | None) -> None:
            behind, self._behind = self._behind, None
            if answer is not None:
                self.transport.write(answer)
                self.on_response_complete()
                self.short_way.keep_same(data, self.client and self.client[0], scope)
            elif self.parser is not None:
                self._known = {name: scope[name] for name in ("found", "counted") if name in scope}
                self._take(data)
                self._known = {}
            else:
                self.short_way.tell_unheard(scope)
            if self._is_last:
                self.shutdown()
            elif behind and self.parser is not None:
                self.data_received(bytes(behind))

        self.short_way.go(scope, body, lambda: not (self.transport.is_closing() or self.flow.write_paused), done)

    def _is_at_rest(self) -> bool:
        """Whether nothing but a new request can come, and it would be answered at once."""
        cycle = self.cycle
        is_free = cycle is None or (cycle.response_complete and cycle.keep_alive)
        full = self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency
        return (
            is_free
            and self._begun == self._ended
            and not (full or self.flow.write_paused or self.transport.is_closing())
        )

    def _take(self, data: bytes) -> None:
        if self._patience is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        self._unread += len(data)
        super().data_received(data)
        if self._unread > self.limits.max_header_bytes:  # and nothing of it was more than a part of a header
            self._refuse(_LONG)
        if self._held:  # its body is not whole yet, and is waited for on the whole way
            self._go_the_whole_way(self.cycle)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_headers, self._unread = True, 0
        self._begun += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_headers:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_headers, self._unread = False, 0
        self._stop_waiting()
        self._is_first = self.cycle is None or self.cycle.response_complete
        super().on_headers_complete()
        self._is_first = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        """Begins a request, or holds it for as long as the rest of it is read from what has come."""
        scope = cast(Scope, cycle.scope)
        is_open = self._is_first and app is self.app and self.short_way.is_open_to(scope)
        scope.update(self._known)
        self._held = is_open and not self._known
        if not self._held:
            super()._start_asgi_task(cycle, app)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._ended += 1
        if self._held:
            self._held, cycle = False, self.cycle
            self.short_way.go(
                cast(Scope, cycle.scope),
                bytes(cycle.body),
                lambda: cycle.keep_alive and not (cycle.disconnected or self.flow.write_paused),
                lambda answer: self._answer(cycle, answer),
            )

    def _answer(self, cycle: RequestResponseCycle, answer: bytes | None) -> None:
        """Sends what the short way gave, or goes the whole way."""
        if answer is None:
            self._go_the_whole_way(cycle)
            return
        cycle.response_started = cycle.response_complete = True
        self.transport.write(answer)
        self.on_response_complete()

    def _go_the_whole_way(self, cycle: RequestResponseCycle) -> None:
        self._held = False
        super()._start_asgi_task(cycle, self.app)

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

    def _await_reader(self) -> None:
        """Whoever does not take an answer as fast as a request has to come is not waited for: there is room for some connections only."""
        if self._reader is None:
            seconds = self.limits.request_timeout_s + self.transport.get_write_buffer_size() / SLOWEST
            self._reader = self.loop.call_later(seconds, self._give_up)

    def _reader_came(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None

    def _give_up(self) -> None:
        self._reader = None
        if self.transport.get_write_buffer_size():
            self.transport.abort()

    def _refuse(self, answer: bytes) -> None:
        self._stop_waiting()
        if not self.transport.is_closing():
            self.transport.write(answer)
            self.transport.close()


def connection(limits: ServiceLimits, short_way: ShortWay) -> type[BoundedConnection]:
    """The kind of connection that has these limits, and goes this short way."""
    return type("Connection", (BoundedConnection,), {"limits": limits, "short_way": short_way})
