"""JSON from which statements are taken, each with its pointer; whatever was not taken is told as lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import is_date
from mcqms_kg.interop.json_object import says
from mcqms_kg.interop.json_read import Json, pointer
from mcqms_kg.interop.openbadges.structure import several
from mcqms_kg.model import Loss, Stated, Taken, Term, Texts
from mcqms_kg.namespaces import XSD

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+")
_SHOWN = 200
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?")
_WHOLE_DAY = ("", "T00:00:00Z", "T23:59:59Z", "T00:00:00+00:00")
_HOUR: Texts = {"en": "Only the day is taken over.", "id": "Hanya tanggalnya yang diambil alih."}
_NOT_UNDERSTOOD: Texts = {
    "en": "Our terms have no place for this, or it is not of the kind that the standard says.",
    "id": "Istilah kami tidak menyediakan tempat untuk ini, atau bentuknya tidak sesuai dengan standarnya.",
}


@dataclass(frozen=True)
class Part:
    """A value of the JSON and its pointer."""

    value: Json
    at: str

    def get(self, name: str) -> Part | None:
        """A member of an object; nothing where there is none, or where this is no object."""
        if isinstance(self.value, dict) and name in self.value:
            return Part(self.value[name], pointer(self.at, name))
        return None

    def parts(self, name: str) -> Iterator[Part]:
        """The values of a member that may have one or several."""
        found = self.get(name)
        if found and isinstance(found.value, list):
            yield from (Part(inner, pointer(found.at, n)) for n, inner in enumerate(found.value))
        elif found and found.value is not None:
            yield found


class Taking:
    """What was taken so far, and which parts of the JSON it was taken from."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._stated: dict[Stated, None] = {}
        self._done: set[str] = set()
        self._from: set[str] = set()
        self._losses: list[Loss] = []
        self._blank = 0

    def state(self, subject: Term, predicate: Term, value: Term, at: str) -> None:
        """A statement, and the place that it was read from; what stands inside of it is taken only where it is said to be."""
        self._stated[Stated((subject, predicate, value), at)] = None
        self._from.add(at)

    def type_is(self, subject: Term, name: str, at: str) -> None:
        """The thing is of a class of ours; its place is the thing itself."""
        self._stated[Stated((subject, TYPE, mc(name)), at)] = None

    def done(self, at: str) -> None:
        """This part needs no statement: it is only a form of the standard."""
        self._done.add(at)

    def lose(self, at: str, what: Texts, value: Json = "") -> None:
        """This part is not taken over, for a reason of its own. A value is only given where it is nobody's personal data."""
        self._losses.append(Loss(at, what, _short(value)))
        self._done.add(at)

    def text(self, part: Part | None, subject: Term, predicate: Term) -> str:
        """A text, in the language of the badge."""
        if part is None or not isinstance(part.value, str) or not says(part.value):
            return ""
        self.state(subject, predicate, terms.literal(part.value, language=self.language), part.at)
        return part.value

    def plain(self, part: Part | None, subject: Term, predicate: Term, datatype: str = XSD + "string") -> None:
        """A text without language."""
        if part is not None and isinstance(part.value, str) and says(part.value):
            self.state(subject, predicate, terms.literal(part.value, datatype=datatype), part.at)

    def date(self, part: Part | None, subject: Term, predicate: Term) -> bool:
        """The day of a date, or of a moment as it is written; what is no day that there is, is told as lost."""
        match = _DAY.fullmatch(part.value) if part and isinstance(part.value, str) else None
        if part and match and is_date(match[1]):
            if (match[2] or "") not in _WHOLE_DAY:
                self.lose(part.at, _HOUR, part.value)
            self.state(subject, predicate, terms.literal(match[1], datatype=XSD + "date"), part.at)
            return True
        return False

    def named(self, part: Part | None) -> Term:
        """The thing that an `id` names; a blank node where it is no IRI."""
        found = iri(part.value) if part is not None else None
        if part is not None and found is not None:
            self.done(part.at)
            return found
        self._blank += 1
        return Term(f"_:b{self._blank}")

    def taken(self, document: Json) -> Taken:
        """All statements in the order of the document, and all losses."""
        losses = [*self._losses, *self._rest(document)]
        places = {at: n for n, (at, _) in enumerate(_members(document))}
        losses.sort(key=lambda loss: places.get(loss.at, -1))
        return Taken(tuple(sorted(self._stated, key=lambda s: places.get(s.at, -1))), tuple(losses))

    def _rest(self, document: Json) -> Iterator[Loss]:
        """The outermost parts in which nothing was taken."""
        inside = self._from | {at for done in self._done | self._from for at in _above(done)}
        waiting = [("", document)]
        while waiting:
            at, value = waiting.pop()
            if at in self._done or value == []:
                continue
            if at in inside or not at:
                waiting += reversed(list(_inner(value, at)))
            elif value is not None:
                yield Loss(at, _NOT_UNDERSTOOD, _short(value))


def iri(value: Json) -> Term | None:
    """An absolute IRI as a term, or nothing."""
    return terms.iri(value) if isinstance(value, str) and len(value) < 4000 and _IRI.fullmatch(value) else None


def _inner(value: Json, at: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, dict):
        yield from ((pointer(at, key), inner) for key, inner in value.items())
    elif isinstance(value, list):
        yield from ((pointer(at, n), inner) for n, inner in enumerate(value))


def _members(document: Json) -> Iterator[tuple[str, Json]]:
    waiting = [("", document)]
    while waiting:
        at, value = waiting.pop()
        yield at, value
        waiting += reversed(list(_inner(value, at)))


def _above(at: str) -> Iterator[str]:
    while at:
        at = at.rpartition("/")[0]
        yield at


def _short(value: Json) -> str:
    text = value if isinstance(value, str) else "" if isinstance(value, dict | list) else str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


__all__ = ["Part", "Taking", "iri", "several"]
