"""Who is signed in with a browser: a random cookie stands for the token, which stays here, in memory, for some hours."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

COOKIE = "mcqms-session"
IDLE_S, WHOLE_S = 2 * 3600, 12 * 3600
_KEPT, _KEPT_OF_ONE = 10_000, 20
"""Sessions at once, of all and with one token: whoever signs in again and again ends none but their own."""
_ID = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass
class Session:
    """A browser that sent a good token; `form` is what its forms must bring, and no other page can know."""

    id: str = field(repr=False)
    token: str = field(repr=False)
    form: str = field(repr=False)
    begun: float
    used: float


class Sessions:
    """All sessions. The one longest unused is forgotten where there are too many; whoever stops the service ends all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, token: str) -> Session:
        """A new session, under an id that nobody was given before."""
        now = self._clock()
        made = Session(secrets.token_urlsafe(32), token, secrets.token_urlsafe(32), now, now)
        with self._lock:
            own = [id_ for id_, session in self._known.items() if session.token == token]
            for id_ in own[: max(0, len(own) + 1 - _KEPT_OF_ONE)]:
                del self._known[id_]
            self._known[made.id] = made
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return made

    def find(self, id_: str) -> Session | None:
        """The session of that id, if it has not been unused, or there, for too long."""
        now = self._clock()
        with self._lock:
            found = self._known.get(id_) if _ID.fullmatch(id_) else None
            if found is None:
                return None
            if now - found.used > IDLE_S or now - found.begun > WHOLE_S:
                del self._known[id_]
                return None
            found.used = now
            self._known.move_to_end(id_)
            return found

    def end(self, id_: str) -> None:
        with self._lock:
            self._known.pop(id_, None)

    def of(self, request: Request) -> Session | None:
        """The session whose cookie a request carries."""
        return self.find(request.cookies.get(cookie_name(request, COOKIE), ""))


def cookie_name(request: Request, name: str) -> str:
    """Behind TLS the name says that no other host and no plain HTTP can have set it."""
    return f"__Host-{name}" if _is_secure(request) else name


def set_cookie(request: Request, response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """A cookie that no script reads and that goes with no request from another site."""
    response.set_cookie(
        cookie_name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="strict",
    )


def forget_cookie(request: Request, response: Response, name: str) -> None:
    set_cookie(request, response, name, "", 0)


def is_same(given: str, expected: str) -> bool:
    """Whether two secrets are the same, without telling by the time where they differ."""
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def _is_secure(request: Request) -> bool:
    scope: Mapping[str, object] = request.scope
    return scope["scheme"] == "https"
