"""What is told: a thing with what is said of it, and a scene of things that takes one defect at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mcqms_kg.generate.spelling import PROPERTIES, class_, plain
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

Objects = str | tuple[str, ...]
"""One term, or several."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A resource and what is said of it: property name to terms."""

    iri: str
    says: Mapping[str, Objects]

    def lines(self, end: str) -> Iterator[str]:
        """Its statements as N-Quads lines; `end` closes a line and names the graph."""
        for name, objects in self.says.items():
            start = f"{self.iri} {PROPERTIES[name]} "
            if isinstance(objects, str):
                yield f"{start}{objects}{end}"
            else:
                for each in objects:
                    yield f"{start}{each}{end}"


def thing(iri: str, kind: str, /, **says: Objects) -> Thing:
    """A thing of one of our classes."""
    return Thing(iri, {"type": class_(kind), **says})


def document(iri: str, owner: str, issuer: str, label: Objects, issued: Term, digest: int, **says: Objects) -> Thing:
    """A document that another than its owner issued, as evidence."""
    about = {"label": label, "belongsTo": owner, "isIssuedBy": issuer, "effectiveDate": issued, **says}
    return thing(iri, "Evidence", **about, sha256=plain(f"{digest:064x}"))


@dataclass(frozen=True)
class Calendar:
    """The days around the check date: what is in force, due or late is told relative to it."""

    as_of: dt.date

    def day(self, offset: int) -> Term:
        """The day so many days after the check date; before it where negative."""
        return _date(self.as_of.toordinal() + offset)

    def year(self, offset: int) -> int:
        """The year of that day."""
        return dt.date.fromordinal(self.as_of.toordinal() + offset).year


@lru_cache(maxsize=16384)
def _date(ordinal: int) -> Term:
    return Term(f'"{dt.date.fromordinal(ordinal).isoformat()}"^^<{XSD}date>')


@dataclass(frozen=True, slots=True)
class Scene:
    """Things that are told together.

    `kind` says which defects may be planted, `parts` names the things, `known` the things told elsewhere
    that a defect may point to, and `marks` says what is special: `offered`, `planned`, `evaluated`.
    """

    kind: str
    calendar: Calendar
    parts: Mapping[str, Thing]
    known: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def iri(self, name: str) -> str:
        """The IRI of a part, or of something known."""
        part = self.parts.get(name)
        return part.iri if part else self.known[name]
