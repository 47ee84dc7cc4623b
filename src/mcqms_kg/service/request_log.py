"""The log of requests: a line of JSON for each, with the number that its answer carries; an error nobody foresaw ends here."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import time
import traceback
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import TextIO

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.callers.access import ANYBODY
from mcqms_kg.service.http.problems import from_error, problem
from mcqms_kg.store.durable import no_room

LOG = logging.getLogger("mcqms.requests")
_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
GONE = 499
"""The status in the log of a request whose sender was gone before there was an answer; nobody is sent it."""
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


@dataclass
class _Answer:
    status: int = 0
    size: int = 0


class Logged:
    """Numbers and logs requests: who, which route, how it went; no address, no query, no token, nothing else that was sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope["request_id"], answer, begun = _id(scope), _Answer(), time.perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                number = (b"x-request-id", scope["request_id"].encode())
                message = {**message, "headers": [*message.get("headers", []), number]}
            answer.size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:
            pass  # there is nobody to answer
        except Exception as unforeseen:  # here at the latest it becomes an answer, and a line of the log
            _tell(scope["request_id"], unforeseen)
            if answer.status:  # half of it is on its way: the connection is cut, so that nobody takes it for the whole
                raise _Cut from None
            if full := no_room(unforeseen):
                await from_error(full)(scope, receive, sent)
                return
            detail = "Something went wrong that should not have. The log of the service has it under this number."
            await problem(500, "Internal", detail, request=scope["request_id"])(scope, receive, sent)
        finally:
            tell_of(scope, answer.status or GONE, answer.size, time.perf_counter() - begun)


def tell_of(scope: Scope, status: int, size: int, seconds: float) -> None:
    """The line of a request that has its answer."""
    if LOG.isEnabledFor(logging.INFO):
        LOG.handle(_Line(_line(scope, status, size, seconds)))


class TurnHandler(logging.StreamHandler[TextIO]):
    """Writes what comes up in one turn of the event loop at once, and what others say as it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a thread beside it
            self.flush()
            super().emit(record)
            return
        if not self._lines:
            loop.call_soon(self.flush)
        self._lines.append(self.format(record) + self.terminator)

    def flush(self) -> None:
        with self.lock or nullcontext():
            lines, self._lines = self._lines, []
            if lines:
                self.stream.write("".join(lines))
            super().flush()


class _Cut(Exception):
    """The answer was begun and cannot be ended."""


class _Line(logging.LogRecord):
    """A line without what takes long to find and is always the same: the place in our code, the process, the thread."""

    def __init__(self, line: str) -> None:
        now = time.time()
        self.__dict__.update(_SAME, msg=line, created=now, msecs=now % 1 * 1000)


_SAME = logging.LogRecord(LOG.name, logging.INFO, __file__, 0, "", None, None, "sent").__dict__


@lru_cache(maxsize=1)
def _moment(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))


def _line(scope: Scope, status: int, size: int, seconds: float) -> str:
    """In JSON, put together from parts: that takes a tenth of the time that it takes to write it anew."""
    method, caller = scope["method"], scope.get("caller", ANYBODY).name
    return (
        f'{{"at": "{_moment(int(time.time()))}", "request": "{scope["request_id"]}", '
        f'"method": "{method if method in _METHODS else "other"}", "route": {_said(_route(scope))}, '
        f'"status": {status}, "ms": {round(seconds * 1000, 1)}, "bytes": {size}, "caller": {_said(caller)}}}'
    )


@lru_cache(maxsize=1000)
def _said(text: str | None) -> str:
    return json.dumps(text)


def _route(scope: Scope) -> str | None:
    """The pattern of the route, never the address as it was sent; of a route without parts to fill in they are the same."""
    pattern = getattr(scope.get("route"), "path", None)
    fixed = scope["path"] if "endpoint" in scope and not scope.get("path_params") else None
    return pattern or fixed


def _tell(number: str, unforeseen: Exception) -> None:
    """Where it went wrong, without what was being worked on."""
    where = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(unforeseen.__traceback__)
    ]
    LOG.error(json.dumps({"request": number, "error": type(unforeseen).__name__, "where": where[-8:]}))


def _id(scope: Scope) -> str:
    given = [value for name, value in scope["headers"] if name.lower() == b"x-request-id"]
    return given[0].decode() if len(given) == 1 and _ID.fullmatch(given[0]) else os.urandom(16).hex()
