"""A requirement tree resolved for one credential on one day: who may fill each slot, and what they bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.eligible import Eligibility
from mcqms_kg.pathway.planning.levels import reaches
from mcqms_kg.pathway.projection.stacking import Conditions, Exemption, Leaf, Rule
from mcqms_kg.pathway.projection.values import LARGEST

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Filler:
    """A credential that may fill a slot, with the credits and hours that it brings there."""

    credential: Term
    credit: Decimal = NOTHING
    hours: Decimal = NOTHING


@dataclass(frozen=True, slots=True)
class Slot:
    """An option that one credential fills; a credential fills one slot of a rule only, unless sharing is allowed."""

    term: Term
    fillers: tuple[Filler, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit or a level that any of the credentials shows; showing uses nothing up. `held` is shown already."""

    term: Term
    kind: str
    by: tuple[Term, ...]
    held: bool = False


@dataclass(frozen=True, slots=True)
class Excuse:
    """An exemption that stands in for a part when its own part is met."""

    term: Term
    part: Need
    credit: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """A rule, or all units of a skill set: parts of which enough must be met."""

    rule: Rule
    parts: tuple[Need, ...]
    excuses: tuple[tuple[Excuse, ...], ...] = ()

    def excuses_of(self, position: int) -> tuple[Excuse, ...]:
        return self.excuses[position] if self.excuses else ()


Need = Slot | Shown | Group


def credentials_in(need: Need) -> Iterator[Term]:
    """Every credential that may help to meet a need."""
    if isinstance(need, Slot):
        yield from (filler.credential for filler in need.fillers)
    elif isinstance(need, Shown):
        yield from need.by
    else:
        for position, part in enumerate(need.parts):
            yield from credentials_in(part)
            for excuse in need.excuses_of(position):
                yield from credentials_in(excuse.part)


@dataclass
class Resolver:
    """Resolves the rules of credentials, each once."""

    eligible: Eligibility
    _levels: dict[Term, tuple[Term, ...]] = field(default_factory=dict)
    _ways: dict[Term, tuple[Group, ...]] = field(default_factory=dict)

    def ways(self, term: Term) -> tuple[Group, ...]:
        """The rules of a credential; the same for every question of one holder on one day."""
        if term not in self._ways:
            self._ways[term] = tuple(self.rule(w, term) for w in self.eligible.projection.credentials[term].ways)
        return self._ways[term]

    def rule(self, rule: Rule, owner: Term, outer: tuple[Conditions, ...] = ()) -> Group:
        """The rule as it stands for the credential that it leads to."""
        conditions = (*outer, rule.conditions) if rule.conditions else outer
        parts = tuple(self._part(option, owner, conditions) for option in rule.options)
        in_force = [
            e for e in rule.exemptions if e.in_force(self.eligible.day) and (self.eligible.hopeful or not e.unread)
        ]
        if not in_force:
            return Group(rule, parts)
        return Group(rule, parts, tuple(self._excuses(o.term, in_force, owner) for o in rule.options))

    def _excuses(self, option: Term, exemptions: list[Exemption], owner: Term) -> tuple[Excuse, ...]:
        """Exemptions are earned whatever the conditions on options are."""
        return tuple(
            Excuse(e.term, self._part(earned, owner, ()), self._unread if e.unread else e.credit)
            for e in exemptions
            if e.from_ == option
            for earned in e.earned_by
        )

    def _part(self, option: Leaf | Rule, owner: Term, conditions: tuple[Conditions, ...]) -> Need:
        if isinstance(option, Rule):
            return self.rule(option, owner, conditions)
        if option.kind == "credential":
            return self.slot(option.term, owner, conditions)
        if option.kind == "unit":
            return self.unit(option.term, conditions)
        if option.kind == "level":
            return self._level(option.term, conditions)
        units = self.eligible.projection.skill_sets.get(option.term, frozenset()) if option.kind == "skill-set" else ()
        if not units:
            return Slot(option.term, ())
        return self.all_units(option.term, sorted(units), conditions)

    def all_units(self, term: Term, units: Sequence[Term], conditions: tuple[Conditions, ...] = ()) -> Group:
        """All units of a skill set or of a job title."""
        return Group(Rule(term, (), len(units)), tuple(self.unit(u, conditions) for u in units))

    def slot(self, term: Term, owner: Term, conditions: tuple[Conditions, ...] = ()) -> Slot:
        """A credential, or what may be used in its place: what it counts for here, or else what the one in whose place it is counts for."""
        projection = self.eligible.projection
        counts = self._counts_for(term, owner)
        fillers = []
        for candidate in (term, *projection.substitutes.get(term, ())):
            if candidate in projection.credentials and self.eligible.counts(candidate, conditions):
                fillers.append(Filler(candidate, self._stated(candidate, owner, counts), self._hours(candidate)))
        return Slot(term, tuple(fillers))

    def _counts_for(self, term: Term, owner: Term) -> Decimal:
        """What cannot be read counts for nothing, and to whoever hopes for as much as there can be."""
        credential = self.eligible.projection.credentials[term]
        own = self._unread if "credits" in credential.unread else credential.credits or NOTHING
        return self._stated(term, owner, own)

    def _stated(self, term: Term, owner: Term, otherwise: Decimal) -> Decimal:
        """As its progression to the owner states."""
        projection = self.eligible.projection
        if (term, owner) in projection.uncounted:
            return self._unread
        return projection.counted.get((term, owner), otherwise)

    def _hours(self, term: Term) -> Decimal:
        credential = self.eligible.projection.credentials[term]
        return self._unread if "workloadHours" in credential.unread else credential.least_hours or NOTHING

    @property
    def _unread(self) -> Decimal:
        return LARGEST if self.eligible.hopeful else NOTHING

    def unit(self, term: Term, conditions: tuple[Conditions, ...] = ()) -> Shown:
        """A unit or a skill, which the units that are aligned with it show too."""
        projection, held = self.eligible.projection, self.eligible.held.units
        units = (term, *projection.aligned.get(term, ()))
        by = dict.fromkeys(c for unit in units for c in projection.covering.get(unit, ()))
        counting = tuple(c for c in by if self.eligible.counts(c, conditions))
        return Shown(term, "unit", counting, held=not held.isdisjoint(units) and not conditions)

    def _level(self, term: Term, conditions: tuple[Conditions, ...]) -> Shown:
        if term not in self._levels:
            projection, wanted = self.eligible.projection, (True, None) if self.eligible.hopeful else (True,)
            self._levels[term] = tuple(
                c.term for c in projection.credentials.values() if reaches(projection, c.levels, term) in wanted
            )
        return Shown(term, "level", tuple(c for c in self._levels[term] if self.eligible.counts(c, conditions)))
