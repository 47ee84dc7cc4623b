"""The short way to `/sparql`: a request whose head is like one that went the whole way is answered in the same way, without going it.

What the door, the formats and the headers of the answer come to depends on the head alone. It is learned from the whole way, where
nobody said who they are, and holds for requests that say exactly the same. Whatever else there is goes the whole way.
A request of the very bytes of one before, whose answer is remembered, is not even taken apart.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mcqms_kg.query.request import Answer, Request, requested
from mcqms_kg.service.callers.access import ANYBODY
from mcqms_kg.service.callers.rate import neighbourhood
from mcqms_kg.service.callers.views import View
from mcqms_kg.service.http.compression import SMALLEST
from mcqms_kg.service.http.replies import tag
from mcqms_kg.service.metrics import metrics_of
from mcqms_kg.service.middleware import Front
from mcqms_kg.service.request_log import GONE, tell_of
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.sparql.protocol import plain_query
from mcqms_kg.service.sparql.straight import Way

PATHS = ("/sparql", "/sparql/")
_PLAIN = {
    *(b"host", b"accept", b"accept-encoding", b"accept-language", b"user-agent", b"content-type", b"content-length"),
    *(b"x-forwarded-for", b"x-forwarded-proto"),  # of the server in front
}
_STAYS = (b"connection", b"keep-alive")
_OF_HEAD = ("method", "path", "query_string", "headers", "scheme", "http_version", "learned")
_KEPT = 1000
_KEPT_BYTES = 16 * 1024 * 1024

Key = tuple[object, ...]


@dataclass
class Learned:
    """What the whole way made of a head: the formats that are accepted, what relative IRIs start from, whose bucket it takes from.

    `answers` are the heads of answers by format, with places for length, tag and number.
    """

    key: Key
    accepted: tuple[str, ...] = ()
    base: str = ""
    answer: Answer | None = None
    answers: dict[str, bytes] = field(default_factory=dict)
    who: str = ""
    packs: bool = False
    """Whether larger answers are compressed for it."""


class Same(NamedTuple):
    """What the bytes of a request mean: to whom it was answered so, and what was asked."""

    scope: Scope
    learned: Learned
    view: View
    request: Request


class Head(NamedTuple):
    """The bytes of a head, up to the body, mean this: a scope, and how long the body is."""

    scope: Scope
    length: int


class ShortWay:
    """The heads that are known, and what is to be done with them."""

    def __init__(self, app: FastAPI, front: Front) -> None:
        self._app, self._front = app, front
        self._heads: dict[Key, Learned] = {}
        self._ways = {path: Way(path) for path in PATHS}
        self._same: dict[tuple[bytes, str | None], Same] = {}
        self._bare: dict[tuple[bytes, str | None], Head] = {}
        self._same_bytes = 0

    def is_open_to(self, scope: Scope) -> bool:
        """Whether a request may go this way, as far as its head tells; one that may, and is not known, is learned from."""
        if scope["path"] not in PATHS or scope["method"] not in ("GET", "POST") or scope["http_version"] != "1.1":
            return False
        key = _key(scope)
        if key is None:
            return False
        known = self._heads.get(key)
        scope["learned"] = known or Learned(key)
        return known is not None

    def go(self, scope: Scope, body: bytes, is_open: Callable[[], bool], done: Callable[[bytes | None], None]) -> None:
        """Answers the request: `done` is told the whole answer, or nothing where it has to go the whole way, with what was found out.

        `is_open` says whether nothing but the answer has to be sent.
        """
        begun, learned = time.perf_counter(), cast(Learned, scope["learned"])
        desk = cast(Serving, self._app.state.serving).desk
        try:
            request = self._request(scope, body, learned)
            known = desk.known(request) if request else None
        except Exception:  # what went wrong shows on the whole way, where it is logged
            request = None
        if request is None:
            done(None)
            return

        def tell(found: Answer | Exception) -> None:
            scope["found"] = found
            try:
                answer = self._written(scope, learned, found, begun) if is_open() else None
            except Exception:  # the same
                answer = None
            done(answer)

        if known:
            said = {"method": scope["method"], "path": scope["path"]}
            scope["same"] = Same(said, learned, cast(Serving, self._app.state.serving).view(ANYBODY), request)
            tell(known)
        else:
            desk.ask(request, tell, spool=True)

    def again(self, received: bytes, host: str | None) -> bytes | None:
        """The whole answer, where just these bytes from there were a request before, and its answer is remembered still."""
        same = self._same.get((received, host))
        try:
            return self._answered(same) if same else None
        except Exception:  # what went wrong shows on the whole way, where it is logged
            return None

    def _answered(self, same: Same) -> bytes | None:
        begun, serving = time.perf_counter(), cast(Serving, self._app.state.serving)
        if serving.view(ANYBODY) is not same.view:
            self.forget()
            return None
        answer = serving.desk.known(same.request)
        if answer is None or self._app.state.rate.wait(same.learned.who):
            return None
        return self._written(same.scope, same.learned, answer, begun)

    def known(self, received: bytes, host: str | None) -> tuple[Scope, bytes] | None:
        """The scope and the body of a whole request, where one with just this head from there was taken apart before."""
        end = received.find(b"\r\n\r\n")
        head = self._bare.get((received[:end], host))
        if head is None or len(received) - end - 4 != head.length:
            return None
        return {**head.scope}, received[end + 4 :]

    def tell_unheard(self, scope: Scope) -> None:
        """The line of a request whose sender is gone before it had its answer."""
        scope.update(request_id=os.urandom(16).hex(), route=self._ways[scope["path"]])
        tell_of(scope, GONE, 0, 0)

    def keep(self, received: bytes, host: str | None, scope: Scope) -> None:
        """Keeps what these bytes mean, one request and nothing else, with the scope that it had, and what their head means."""
        learned: Learned | None = scope.get("learned")
        if learned is None or learned.key not in self._heads:
            return
        head, _, body = received.partition(b"\r\n\r\n")
        if (b"content-length", b"%d" % len(body)) in scope["headers"] and (head, host) not in self._bare:
            self._make_room(len(head))
            self._bare[head, host] = Head({**{name: scope[name] for name in _OF_HEAD}, "fits": True}, len(body))
        self.keep_same(received, host, scope)

    def keep_same(self, received: bytes, host: str | None, scope: Scope) -> None:
        """Keeps what these bytes mean, where the answer to them was remembered."""
        same: Same | None = scope.get("same")
        if same and (received, host) not in self._same:
            self._make_room(len(received))
            self._same[received, host] = same

    def _make_room(self, size: int) -> None:
        self._same_bytes += size
        if self._same_bytes > _KEPT_BYTES:
            self.forget()
            self._same_bytes = size

    def forget(self) -> None:
        """Has every request taken apart anew."""
        self._same.clear()
        self._bare.clear()
        self._same_bytes = 0

    def _request(self, scope: Scope, body: bytes, learned: Learned) -> Request | None:
        """What is asked, where it is nothing but a query, and its caller may ask now."""
        serving = cast(Serving, self._app.state.serving)
        limits, limit = serving.limits, self._front.limits.max_request_bytes
        fits = "fits" in scope or _size(scope) <= self._front.door.max_header_bytes
        if len(body) > min(4 * limits.query_max_length, limit) or not fits:
            return None
        text = plain_query(scope, body)
        if not text or self._app.state.rate.wait(learned.who):
            return None
        scope["counted"] = True
        view = serving.view(ANYBODY)
        return requested(
            serving.desk.limits,
            text,
            view.default_graphs,
            view.named_graphs,
            learned.accepted,
            base=learned.base,
            who=learned.who,
        )

    def _written(self, scope: Scope, learned: Learned, found: Answer | Exception, begun: float) -> bytes | None:
        if not isinstance(found, Answer) or found.file or (learned.packs and found.size >= SMALLEST):
            return None
        head = learned.answers.get(found.format)
        if head is None:
            return None
        scope["request_id"] = number = os.urandom(16).hex()
        scope["route"] = self._ways[scope["path"]]
        seconds = time.perf_counter() - begun
        tell_of(scope, 200, found.size, seconds)
        metrics_of(self._app).count(scope["method"], scope["path"], 200, seconds)
        return head % _places(found, number.encode()) + found.content

    def learn(self, learned: Learned, headers: list[tuple[bytes, bytes]], number: bytes) -> None:
        """Keeps what came of a head on the whole way, where the same would come of it here."""
        answer = learned.answer
        if answer is None or answer.file or answer.format in learned.answers:
            return
        places = _places(answer, number)
        spelt = {b"content-length": b"%(size)d", b"etag": b'"%(tag)s"', b"x-request-id": b"%(number)s"}
        head = b"".join(
            b"%s: %s\r\n" % (name, spelt.get(name.lower(), value.replace(b"%", b"%%"))) for name, value in headers
        )
        if head % places != b"".join(b"%s: %s\r\n" % header for header in headers):
            return
        if len(self._heads) >= _KEPT:
            self._heads.clear()
        learned.answers[answer.format] = b"HTTP/1.1 200 OK\r\n" + head + b"\r\n"
        learned.answer = None
        self._heads[learned.key] = learned


class Learning:
    """Sees the answers of the whole way as they are sent, and has the short way learn from them."""

    def __init__(self, app: ASGIApp, short: ShortWay) -> None:
        self._app, self._short = app, short

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        learned = scope.get("learned")
        if learned is None:
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                learned.who = neighbourhood(scope.get("address", "unknown"))
                self._short.learn(learned, message["headers"], scope["request_id"].encode())
            await send(message)

        await self._app(scope, receive, sent)


def _key(scope: Scope) -> Key | None:
    """What two requests must have in common to be treated alike; nothing where one says more than is known here."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    for name, value in headers:
        if name not in _PLAIN and (name, value.lower()) != _STAYS:
            return None
    said = tuple([header for header in headers if header[0] != b"content-length"])
    address = (scope["query_string"] if scope["method"] == "POST" else b"", scope["path"], scope["scheme"])
    return (scope["method"], address, scope["client"] and scope["client"][0], said)


def _size(scope: Scope) -> int:
    """As the door counts."""
    address = len(scope["query_string"]) + len(scope["path"])
    return sum([len(name) + len(value) + 4 for name, value in scope["headers"]]) + address


def _places(answer: Answer, number: bytes) -> dict[bytes, Any]:
    return {b"size": answer.size, b"tag": tag(answer).encode(), b"number": number}
