"""What is known of questions by their shape: whether those like it were answered quickly or took long, lately."""

from __future__ import annotations

import re
import time
from collections import OrderedDict, deque
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from mcqms_kg.sparql.tokens import IRI

LONG = 0.1
"""Seconds after which a question is long."""
_TRUST, _PROVEN, _LOSS = 3, 8, 4
"""Quick answers after which a shape is trusted, the most that count, and what a long one takes from them."""
_KNOWN, _LATELY = 5000, 1000
_WARY = 60.0
"""Seconds for which shapes are looked at after something took long."""
_LOOKED_AT = 4000
_VARYING = re.compile(rf"(?P<space>\s+|#[^\n]*)|{IRI}|\"[^\"\n]*\"|'[^'\n]*'|[?$]\w+|\d+")


class Pace(Enum):
    """How long a question takes, as far as its shape tells."""

    SHORT = "short"
    UNKNOWN = "unknown"
    LONG = "long"


def shape(text: str) -> str:
    """The query, which may be a part of one, without names of variables, IRIs, strings, numbers, space and comments.

    It decides nothing but who goes first, so strings need not be found exactly.
    """
    return _VARYING.sub(_kind, text)


def _kind(found: re.Match[str]) -> str:
    first = found[0][0]
    return "" if found["space"] else "0" if first.isdigit() else first


class Known(NamedTuple):
    """What a question looks like: its shape, and how much it leaves open: variables, and paths of any length."""

    shape: int
    leaves_open: int


@lru_cache(maxsize=1000)
def _looked_at(beginning: str) -> Known:
    found = shape(beginning)
    return Known(hash(found), sum(map(found.count, "?$*+")))


def looks(text: str) -> Known:
    """What can be seen of a question without reading all of it."""
    return _looked_at(text[:_LOOKED_AT])


class Paces:
    """The shapes of the last questions. They are not even looked at as long as nothing takes long."""

    def __init__(self) -> None:
        self._scores: OrderedDict[int, int] = OrderedDict()
        self._lately: deque[str] = deque(maxlen=_LATELY)
        self._wary_until = 0.0

    def of(self, text: str) -> Pace:
        """What is known of a question."""
        if time.monotonic() > self._wary_until:
            return Pace.UNKNOWN
        score = self._scores.get(looks(text).shape, 0)
        return Pace.LONG if score < 0 else Pace.SHORT if score >= _TRUST else Pace.UNKNOWN

    def took(self, text: str, seconds: float) -> None:
        """A question was answered after so many seconds of work."""
        if seconds > LONG:
            self.took_long(text, loss=_LOSS)
        elif time.monotonic() > self._wary_until:
            self._lately.append(text[:_LOOKED_AT])
        else:
            self._count(text, 1)

    def took_long(self, text: str, loss: int = _LOSS + _PROVEN) -> None:
        """A question was not answered in time; with less of a loss, it was answered late."""
        self._wary_until = time.monotonic() + _WARY
        while self._lately:
            self._count(self._lately.popleft(), 1)
        self._count(text, -loss)

    def _count(self, text: str, by: int) -> None:
        key = looks(text).shape
        self._scores[key] = max(-_LOSS, min(_PROVEN, self._scores.pop(key, 0) + by))
        if len(self._scores) > _KNOWN:
            self._scores.popitem(last=False)
