"""The frozen model of stacking: what must be met, as a tree of rules whose leaves are credentials, units, skill sets and levels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mcqms_kg.model import Term

LeafKind = Literal["credential", "unit", "skill-set", "level", "nothing"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """An option that is no rule. `nothing` is an option that cannot be met: an unknown thing, or the rule inside itself."""

    term: Term
    kind: LeafKind


@dataclass(frozen=True, slots=True)
class Exemption:
    """Whoever holds one of `earned_by`, or meets one of its rules, need not meet the option `from_`.

    Where it is `unread`, its credits or its dates cannot be read, and nobody can say what it brings.
    """

    term: Term
    from_: Term
    earned_by: tuple[Leaf | Rule, ...]
    credit: Decimal
    effective: dt.date | None = None
    expiry: dt.date | None = None
    unread: bool = False

    def in_force(self, day: dt.date) -> bool:
        return (self.effective is None or self.effective <= day) and (self.expiry is None or day <= self.expiry)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a credential must fulfil to count at all; those of an outer rule hold inside it too."""

    rule: Term
    levels: tuple[Term, ...] = ()
    age_months: int | None = None
    supervision: tuple[Term, ...] = ()
    approaches: tuple[Term, ...] = ()
    certified_assessor: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.levels or self.age_months is not None or self.supervision or self.approaches or self.certified_assessor
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A stacking rule. Without any minimum all options must be met; with several minima each must be reached.

    An `implied` rule is stated by nobody: the credits that lead to a credential, against the credits that it carries.
    An `undecided` rule holds a value that cannot be read, so that nobody can say whether it is met.
    """

    term: Term
    options: tuple[Leaf | Rule, ...]
    minimum_count: int | None = None
    minimum_credit: Decimal | None = None
    minimum_workload: Decimal | None = None
    maximum_credit: Decimal | None = None
    conditions: Conditions | None = None
    exemptions: tuple[Exemption, ...] = ()
    shared: bool = False
    implied: bool = False
    undecided: bool = False

    @property
    def count_needed(self) -> int:
        """How many options must be met: as stated, none where only a sum is asked for, else all."""
        if self.minimum_count is not None:
            return self.minimum_count
        return 0 if self.minimum_credit is not None or self.minimum_workload is not None else len(self.options)

    def nodes(self) -> Iterator[Leaf | Rule]:
        """The rule and everything inside it, a thing as often as it stands there."""
        yield self
        for option in self.options:
            if isinstance(option, Rule):
                yield from option.nodes()
            else:
                yield option
        for exemption in self.exemptions:
            for earned in exemption.earned_by:
                if isinstance(earned, Rule):
                    yield from earned.nodes()
                else:
                    yield earned

    def parts(self) -> Iterator[Term]:
        """Everything that is named in it: options, nested rules, exemptions, minimum levels."""
        for node in self.nodes():
            yield node.term
            if isinstance(node, Rule):
                yield from (exemption.term for exemption in node.exemptions)
                yield from node.conditions.levels if node.conditions else ()


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its number; levels compare inside one framework only."""

    term: Term
    framework: Term
    number: int


@dataclass(frozen=True, slots=True)
class Credential:
    """What is stated of a credential as far as pathways need it. `ways` are the rules of which one is enough.

    Of two workloads the longer one is what it costs, and the shorter one, `least_hours`, what it counts for.
    `offered` is what can be learned by itself; what rules lead to is earned by these alone, unless it is a micro-credential.
    `unread` are the properties of which some value cannot be read.
    """

    term: Term
    kind: str
    levels: tuple[Term, ...] = ()
    credits: Decimal | None = None
    hours: Decimal | None = None
    least_hours: Decimal | None = None
    offered: bool = False
    first_offer: dt.date | None = None
    withdrawal: dt.date | None = None
    validity_months: int | None = None
    requires: tuple[Term, ...] = ()
    requires_rules: tuple[Rule, ...] = ()
    ways: tuple[Rule, ...] = ()
    units: frozenset[Term] = frozenset()
    off_ramps: tuple[Term, ...] = ()
    supervision: tuple[Term, ...] = ()
    approaches: tuple[Term, ...] = ()
    unread: frozenset[str] = frozenset()

    @property
    def level(self) -> Term | None:
        """The first of its levels; it may have one in each of several frameworks."""
        return self.levels[0] if self.levels else None

    def open(self, day: dt.date, hopeful: bool = False) -> bool:
        """Whether it is awarded on a day: it has begun and was not withdrawn; `hopeful` takes a date that cannot be read as harmless."""
        if not hopeful and self.unread & {"firstOfferDate", "withdrawalDate"}:
            return False
        return (self.first_offer is None or self.first_offer <= day) and (
            self.withdrawal is None or day < self.withdrawal
        )


@dataclass(frozen=True, slots=True)
class Award:
    """A credential as issued to one learner. Of two days of issue its age begins with the first, and it counts from the last."""

    term: Term
    credential: Term
    learner: Term | None
    issued: dt.date | None
    counts_from: dt.date | None
    expiry: dt.date | None
    levels: tuple[Term, ...]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A job title with the units and the skills that it requires."""

    term: Term
    units: tuple[Term, ...]
    level: Term | None = None
    skills: tuple[Term, ...] = ()

    @property
    def requires(self) -> tuple[Term, ...]:
        return (*self.units, *self.skills)
