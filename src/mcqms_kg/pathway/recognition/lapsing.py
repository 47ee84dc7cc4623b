"""What is wrong with an award beside its own dates: revoked, suspended, or past the time for which its credential is valid."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.standing import add_months, standing
from mcqms_kg.pathway.projection.values import as_date, as_whole
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.model import Fault


def validity(known: Known, award: Term) -> Iterator[Fault]:
    """The faults of the award on the day that is asked for."""
    fallen = standing(known.graph, award, known.as_of)
    if fallen is not None:
        yield Fault(fallen[0], fallen[1], decided=fallen[0] != "unreadable")
    for stated in known.all(known.credential, "validityMonths"):
        months = as_whole(stated)
        if months is None:
            yield Fault("unreadable", (stated,), decided=False)
        else:
            yield from _lapsed(known, award, int(months))


def _lapsed(known: Known, award: Term, months: int) -> Iterator[Fault]:
    issued = [day for value in known.all(award, "issueDate") if (day := as_date(value))]
    if not known.all(award, "issueDate"):
        yield Fault("no-issue-date", (award,), decided=False)
    last = add_months(min(issued), months) if issued else known.as_of
    if last < known.as_of:
        yield Fault("lapsed", (terms.literal(last.isoformat()),))
