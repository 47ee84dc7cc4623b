"""How many event streams each caller has open: one that is left open costs nothing but a connection, and those are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from mcqms_kg.errors import Unavailable


class EventStreams:
    """Those that are open, by caller; `limit` is the most that one may have."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._open: Counter[str] = Counter()

    def refuse_more(self, who: str) -> None:
        """Raises `Unavailable` where the caller has as many as it may."""
        if self._open[who] >= self._limit:
            raise Unavailable(
                f"You have {self._limit} event streams open already",
                remedy="Close one, or ask for the job itself from time to time.",
            )

    @contextmanager
    def one(self, who: str) -> Iterator[None]:
        """Counts one for as long as this lasts."""
        self._open[who] += 1
        try:
            yield
        finally:
            self._open[who] -= 1
            self._open += Counter()  # callers without any are forgotten


class CountedStream(StreamingResponse):
    """A response that counts as an event stream of its caller from its first byte to its last, however it ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        streams: EventStreams = scope["app"].state.event_streams
        with streams.one(scope["who"]):
            await super().__call__(scope, receive, send)
