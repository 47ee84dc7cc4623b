"""Bodies: how large, and how slow, a request may be."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.service.http.problems import problem

SLOWEST = 16 * 1024
"""Bytes that must arrive in a second, on average, beyond the time that every request has."""


_LEAST = 0.5
"""What a piece that is there already has to be taken, however late it is asked for."""
_CLOSE = {"Connection": "close"}
"""What is left of such a request is not read."""


class Bounded:
    """Ends requests whose body is larger than `max_bytes`, or still not there after `seconds` and what its length allows."""

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self._app, self._max_bytes, self._seconds = app, max_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        said = headers.get(b"content-length", b"0")
        if said == b"0" and b"transfer-encoding" not in headers:  # there is no body to wait for
            await self._app(scope, receive, send)
            return
        if not said.isdigit() or len(said) > 18 or int(said) > self._max_bytes:
            refused = problem(413, "RequestTooLarge", f"The body is larger than {self._max_bytes} bytes.")
            refused.headers.update(_CLOSE)
            await refused(scope, receive, send)
            return
        await self._app(scope, self._bounded(receive), send)

    def _bounded(self, receive: Receive) -> Receive:
        loop, arrived, done = asyncio.get_running_loop(), 0, False
        begun = loop.time()

        async def received() -> Message:
            nonlocal arrived, done
            if done:  # what comes now is that the caller has gone
                return await receive()
            left = begun + self._seconds + arrived / SLOWEST - loop.time()
            try:
                async with asyncio.timeout(max(left, _LEAST)):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408, "The request did not arrive in time.", _CLOSE) from None
            arrived += len(message.get("body", b""))
            if arrived > self._max_bytes:
                raise HTTPException(413, f"The body is larger than {self._max_bytes} bytes.", _CLOSE)
            done = not message.get("more_body", False)
            return message

        return received
