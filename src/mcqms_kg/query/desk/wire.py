"""What the desk and the processes behind it tell each other."""

from __future__ import annotations

import marshal
import pickle
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from mcqms_kg.model import Term
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.request import Answer
from mcqms_kg.settings import QueryLimits

READY = "ready"
"""What a process says first."""
OPEN = "open"
"""What it says when it has opened the copy that it is to answer from, before it begins with the question."""
SIGHTS = 1000
"""Both sides forget what they know with every so many."""
_LENGTH = struct.Struct("!I")
_QUESTION, _ANSWER, _OTHER = b"Q", b"A", b"O"
_FORMS = {form.value: form for form in Form}


@dataclass(frozen=True)
class Sight:
    """What questions have in common: from what they are answered, what is seen, in which formats. It is told once, and named after that."""

    number: int
    checkpoint: Path
    default_graphs: tuple[Term, ...]
    named_graphs: tuple[Term, ...]
    formats: tuple[str, ...]
    limits: QueryLimits
    from_protocol: bool
    base: str | None


class Question(NamedTuple):
    """A query, the sight that it is answered from, and the file for a large answer."""

    number: int
    sight: int
    text: str
    spool: str | None


class Forget(NamedTuple):
    """Questions that are not to be begun."""

    numbers: frozenset[int]


class Reply(NamedTuple):
    """An answer or an error; neither, where the question was forgotten. Replies come in the order of the questions."""

    number: int
    found: Any
    seconds: float
    """Of work: of the processor."""


def framed(told: object) -> bytes:
    """A message with its length before it. What comes with each question is written in the shorter way."""
    if isinstance(told, Question):
        content = _QUESTION + marshal.dumps(tuple(told))
    elif isinstance(told, Reply) and isinstance(told.found, Answer):
        found = told.found
        parts = (found.form.value, found.format, found.content, found.digest, found.size, found.lasting)
        content = _ANSWER + marshal.dumps((told.number, parts, told.seconds))
    else:
        content = _OTHER + pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def _read(content: bytes) -> Any:
    kind, rest = content[:1], memoryview(content)[1:]
    if kind == _QUESTION:
        return Question(*marshal.loads(rest))  # noqa: S302  # from a process of ours
    if kind == _ANSWER:
        number, (form, format, content, digest, size, lasting), seconds = marshal.loads(rest)  # noqa: S302  # from a process of ours
        return Reply(number, Answer(_FORMS[form], format, content, digest, size, lasting=lasting), seconds)
    return pickle.loads(rest)  # noqa: S301  # from a process of ours


class Frames:
    """Messages from the bytes of a stream. Both ends are processes of ours, of the same version."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def of(self, received: bytes | memoryview) -> list[Any]:
        """The messages that are whole now."""
        self._rest += received
        found, at = list[Any](), 0
        while len(self._rest) >= at + 4:
            (length,) = _LENGTH.unpack_from(self._rest, at)
            if len(self._rest) < at + 4 + length:
                break
            found.append(_read(memoryview(self._rest)[at + 4 : at + 4 + length].tobytes()))
            at += 4 + length
        del self._rest[:at]
        return found
