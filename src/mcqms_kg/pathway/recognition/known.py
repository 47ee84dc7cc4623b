"""What a graph says that recognition asks for: periods, who vouches, and what is known of one credential."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import SKOS
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.values import as_date, as_number
from mcqms_kg.pathway.projection.vocabulary import SOURCE
from mcqms_kg.pathway.recognition.model import Fault, Node

_BROADER = terms.iri(SKOS + "broader")
MOST_BROADER = 1000


@dataclass(frozen=True)
class Known:
    """The graph, the day it is asked on, about which credential, which award of it, and which place; and records and bodies left out."""

    graph: Facts
    as_of: dt.date
    credential: Term
    award: Term | None = None
    place: Node | None = None
    without: frozenset[Term] = frozenset()

    def all(self, subject: Term, *properties: str) -> tuple[Term, ...]:
        """The values at the end of a path of our properties."""
        found = [subject]
        for name in properties:
            found = [value for node in found for value in self.graph.objects(node, mc(name))]
        return tuple(dict.fromkeys(found))

    def records(self, name: str, value: Term) -> tuple[Term, ...]:
        """The records that have the value, but for those left out."""
        return tuple(s for s in self.graph.subjects(mc(name), value) if s not in self.without)

    def bodies(self, subject: Term, name: str) -> tuple[Term, ...]:
        """The bodies that the subject names, but for those left out."""
        return tuple(body for body in self.all(subject, name) if body not in self.without)

    @cached_property
    def awarding(self) -> frozenset[Term]:
        """Who awards the credential: the bodies that it names, and the organisations that they are units of."""
        found = dict.fromkeys(self.all(self.credential, "isCertifiedBy") or self.all(self.credential, "isOfferedBy"))
        for body in (waiting := list(found)):
            new = [above for above in self.all(body, "isUnitOf") if above not in found]
            found |= dict.fromkeys(new)
            waiting += new
        return frozenset(found)

    def statements(self, subject: Term, *properties: str) -> tuple[Triple, ...]:
        """The statements about the subject with these properties of ours."""
        return tuple(
            (subject, mc(name), value) for name in properties for value in self.graph.objects(subject, mc(name))
        )

    def sources(self, record: Term) -> tuple[Term, ...]:
        """Where a record is from, as it says itself."""
        return self.graph.objects(record, SOURCE)

    @cached_property
    def units(self) -> frozenset[Term]:
        """The units that its outcomes are tied to, or that are stated."""
        return frozenset(
            (*self.all(self.credential, "hasOutcome", "isTiedTo"), *self.all(self.credential, "coversUnit"))
        )

    @cached_property
    def fields(self) -> frozenset[Term]:
        """Its fields of study, with everything broader."""
        found = dict.fromkeys(self.all(self.credential, "hasField"))
        for field in (wait := list(found)):
            for above in self.graph.objects(field, _BROADER):
                if above not in found and len(found) < MOST_BROADER:
                    found[above] = None
                    wait.append(above)
        return frozenset(found)

    @property
    def licensed_on(self) -> dt.date:
        """The day on which whoever awarded had to be licensed: that of the issue of an award, else the day asked for."""
        issued = [day for value in self.all(self.award, "issueDate") if (day := as_date(value))] if self.award else []
        return max(issued, default=self.as_of)

    def period(self, record: Term, *, needs_start: bool, day: dt.date | None = None) -> tuple[Fault, ...]:
        """What is wrong with when a record is in force, on a day, which is the one asked for where none is given."""
        return tuple(self._period(record, needs_start, day or self.as_of))

    def _period(self, record: Term, needs_start: bool, on: dt.date) -> Iterator[Fault]:
        dates: dict[str, dt.date] = {}
        for name in ("effectiveDate", "expiryDate"):
            given = self.all(record, name)
            if len(given) > 1:
                yield Fault("contradictory", given, decided=False)
            elif given and (day := as_date(given[0])):
                dates[name] = day
            elif given:
                yield Fault("unreadable", given, decided=False)
        start, end = dates.get("effectiveDate"), dates.get("expiryDate")
        if start and end and end < start:
            yield Fault(
                "contradictory", self.all(record, "effectiveDate") + self.all(record, "expiryDate"), decided=False
            )
        elif start and start > on:
            yield Fault("not-yet", self.all(record, "effectiveDate"))
        elif end and end < on:
            yield Fault("expired", self.all(record, "expiryDate"))
        if needs_start and not self.all(record, "effectiveDate"):
            yield Fault("no-start", (record,), decided=False)

    def vouched_for(self, record: Term, body: Term) -> bool:
        """Whether a document that this body issued shows the record: nobody shows by their own word what another one did."""
        return body in self.all(record, "isEvidencedBy", "isIssuedBy")

    def number(self, subject: Term, name: str) -> Decimal | None:
        """The one number, or nothing where there is none, or more than one, or no number."""
        given = {as_number(value) for value in self.all(subject, name)}
        return given.pop() if len(given) == 1 else None


def is_true(term: Term) -> bool:
    """Whether a literal says yes."""
    return terms.lexical(term) in ("true", "1")
