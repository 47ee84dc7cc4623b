"""One call of a SPARQL server: bounded in time and bytes while it comes, and never taken for whole when it is not."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx

from mcqms_kg.errors import AnswerTooLarge, McqmsError, ServerFailed, TookTooLong, Unavailable, Unsupported
from mcqms_kg.settings import QueryLimits

Form = Mapping[str, str | Sequence[str]]
_LONGER = 4
"""How many times longer than ours the server may write an answer: names are in full, and every row is marked."""
_LESS = "Ask for less, by LIMIT or more conditions, or raise MCQMS_QUERY_MAX_BYTES."
_END = re.compile(rb"</(?:[\w-]+:)?sparql\s*>\s*$")
_TAIL = 256
_BUSY = (429, 502, 503, 504)


class Body(io.RawIOBase):
    """What the server sends, read piece by piece up to the limits; `problem` is why it ended early."""

    def __init__(self, answer: httpx.Response, limits: QueryLimits, ends: float) -> None:
        super().__init__()
        self._pieces, self._ends = answer.iter_bytes(), ends
        self._left, self._received, self._tail = b"", 0, b""
        self._limits = limits
        self.problem: McqmsError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what a buffered reader hands in
        while not self._left:
            piece = self._next()
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size

    def _next(self) -> bytes | None:
        try:
            piece = next(self._pieces, None)
        except httpx.TimeoutException:
            raise self._ended(late(self._limits)) from None
        except httpx.HTTPError as problem:
            broken = ServerFailed(f"The answer of the store broke off: {problem}", remedy="Ask again.")
            raise self._ended(broken) from problem
        self._received += len(piece or b"")
        self._tail = (self._tail + (piece or b""))[-_TAIL:]
        if time.monotonic() > self._ends:
            raise self._ended(late(self._limits))
        if self._received > _LONGER * self._limits.query_max_bytes:
            raise self._ended(AnswerTooLarge("The answer of the store has more bytes than is allowed", remedy=_LESS))
        return piece

    def refuse_open_end(self) -> None:
        """Reads on to the end; raises `ServerFailed` where that is not the end of the rows, which no parser minds."""
        while self.read(64 * 1024):
            pass
        if not _END.search(self._tail):
            raise self._ended(ServerFailed("The answer of the store breaks off in the middle", remedy="Ask again."))

    def _ended(self, problem: McqmsError) -> McqmsError:
        self.problem = problem
        return problem


def late(limits: QueryLimits) -> TookTooLong:
    """That the time is up."""
    return TookTooLong(
        f"The query took longer than {limits.query_timeout_s} s",
        remedy="Ask for less, or raise MCQMS_QUERY_TIMEOUT_S. The server may still be at work on it.",
    )


@contextmanager
def called(
    client: httpx.Client, address: str, form: Form, accept: str, limits: QueryLimits, ends: float
) -> Iterator[tuple[str, Body]]:
    """The media type and the body of an answer that says of itself that it is whole.

    Raises `TookTooLong`, `AnswerTooLarge`, `Unavailable`, `Unsupported` where the server refuses the query, and `ServerFailed`.
    """
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    try:
        with client.stream(
            "POST", address, data=dict(form), headers=headers, timeout=max(0.1, ends - time.monotonic())
        ) as answer:
            _refuse_failure(answer, limits)
            yield answer.headers.get("content-type", "").split(";")[0].strip(), Body(answer, limits, ends)
    except httpx.TimeoutException as problem:
        raise late(limits) from problem
    except httpx.HTTPError as problem:
        raise Unavailable(
            f"The store on the server cannot be reached ({type(problem).__name__})", remedy="Ask again later."
        ) from problem


def _refuse_failure(answer: httpx.Response, limits: QueryLimits) -> None:
    status = answer.status_code
    if status in _BUSY:
        raise Unavailable(f"The store on the server is not at hand (status {status})", remedy="Ask again later.")
    if status in (401, 403):
        raise ServerFailed(
            f"The store on the server does not let us in (status {status})", remedy="See MCQMS_STORE and its user."
        )
    if status == 400 or status >= 500:
        raise Unsupported(
            f"The store on the server cannot run the query (status {status})",
            remedy="Write it in another way; its own log says more.",
        )
    if status != 200:
        raise ServerFailed(f"The store on the server answers with status {status}", remedy="See MCQMS_STORE.")
    if answer.headers.get("x-sql-state"):  # Virtuoso gives what it has when the time is up, with status 200
        raise late(limits)
    if "x-sparql-maxrows" in answer.headers:
        raise AnswerTooLarge("The store on the server gives no more rows than its own limit", remedy="Ask by LIMIT.")
    if "content-length" not in answer.headers and "chunked" not in answer.headers.get("transfer-encoding", ""):
        raise ServerFailed(
            "The store on the server does not tell where its answer ends", remedy="Put a server before it that does."
        )
