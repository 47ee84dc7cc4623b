"""What recognition is told in: links of a chain with status and source, what is wrong with a link, and the answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mcqms_kg.model import Term, Triple


class Status(StrEnum):
    """How sure a link is: somebody else vouches for it; the data states it, and nobody need vouch; or somebody must, and nobody does."""

    VERIFIED = "verified"
    STATED = "stated"
    UNVERIFIED = "unverified"


class Verdict(StrEnum):
    """Whether a credential is recognised somewhere; `UNVERIFIED` rests on something that nobody vouches for."""

    RECOGNISED = "recognised"
    UNVERIFIED = "unverified"
    NOT_RECOGNISED = "not-recognised"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Node:
    """A place on the way: what kind of place, and the term; the term of a country is its code as a literal."""

    kind: str
    term: Term


@dataclass(frozen=True)
class Fault:
    """What is wrong with a link, and the values it is about. One that is not decided may be none: people or better data have to say."""

    kind: str
    values: tuple[Term, ...] = ()
    decided: bool = True


@dataclass(frozen=True)
class Link:
    """A step from one place to the next: what record makes it, the statements it rests on, and how sure it is."""

    kind: str
    start: Node
    end: Node
    record: Term
    triples: tuple[Triple, ...]
    status: Status = Status.STATED
    faults: tuple[Fault, ...] = ()
    sources: tuple[Term, ...] = ()

    @property
    def broken(self) -> bool:
        """Whether something is certainly wrong with it."""
        return any(fault.decided for fault in self.faults)

    @property
    def undecided(self) -> bool:
        """Whether nothing is certainly wrong with it, and something may be."""
        return bool(self.faults) and not self.broken

    @property
    def sound(self) -> bool:
        return not self.faults and self.status is not Status.UNVERIFIED


@dataclass(frozen=True)
class Chain:
    """Links from the credential to the place asked for; the level it arrives at, and the credits that count there, where they are known.

    Credits are `uncounted` where an agreement says how they count, and a number is missing, contradictory or unreadable.
    """

    links: tuple[Link, ...]
    level: Term | None = None
    credits: Decimal | None = None
    by: Term | None = None
    national: bool = False
    uncounted: bool = False

    @property
    def status(self) -> Status:
        """As sure as the least sure link that somebody else has to vouch for; stated where there is none such."""
        found = {link.status for link in self.links}
        return next(status for status in (Status.UNVERIFIED, Status.VERIFIED, Status.STATED) if status in found)

    @property
    def undecided(self) -> bool:
        return any(link.undecided for link in self.links)


@dataclass(frozen=True)
class Gap:
    """The fewest links of one way that would have to be otherwise; `new` where a record of that kind is not there at all."""

    links: tuple[Link, ...]
    new: str = ""


@dataclass(frozen=True)
class Recognition:
    """The answer. `reasons` are the links on some way there that have a fault; `whole` says that every way and every chain is told."""

    credential: Term
    place: Node
    as_of: dt.date
    verdict: Verdict
    chains: tuple[Chain, ...]
    gaps: tuple[Gap, ...]
    reasons: tuple[Link, ...]
    levels: tuple[Term, ...]
    whole: bool = True

    @property
    def contradictory(self) -> bool:
        """Whether equally good chains arrive at different levels of one framework."""
        return self.place.kind == "framework" and len(self.levels) > 1
