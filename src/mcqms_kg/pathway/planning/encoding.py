"""A cone in whole numbers for CP-SAT: what to earn, by which way, what fills which slot, in which order."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import networkx as nx
from ortools.sat.python import cp_model

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Cone, Member, dependencies
from mcqms_kg.pathway.planning.needs import Excuse, Group, Need, Shown, Slot
from mcqms_kg.pathway.projection.stacking import Rule
from mcqms_kg.pathway.projection.values import PLACES

SCALE: int = 10**PLACES
"""Numbers have at most four places, so that they are whole here and sums are exact."""

Literal = Any
"""A Boolean variable of CP-SAT; the library gives no types."""


def scaled(value: Decimal | None) -> int:
    return int((value or Decimal(0)) * SCALE)


@dataclass(frozen=True, slots=True)
class Part:
    """A need in the model: whether it is met, and what it then brings."""

    met: Literal
    credit: Any = 0
    hours: Any = 0


@dataclass
class Allowed:
    """What a gap may hold: credentials that are simply granted, and, with `sums`, numbers that fall short."""

    credentials: Collection[Term] = ()
    units: bool = False
    sums: bool = False


class OutOfTime(Exception):
    """There was no time to make the whole model."""


@dataclass
class Encoding:
    """The model of one cone. `usable` are the credentials that may be earned. Raises `OutOfTime` where it is not made by the deadline."""

    cone: Cone
    held: Collection[Term]
    usable: Collection[Term]
    allowed: Allowed = field(default_factory=Allowed)
    deadline: float = math.inf

    def __post_init__(self) -> None:
        self.model = cp_model.CpModel()
        members = [t for t in self.cone.members if t in self.usable]
        self.earned: Mapping[Term, Literal] = {t: self._bool() for t in members}
        self.learned: dict[Term, Literal] = {}
        self.granted: dict[Term, Literal] = {}
        self.absent: dict[Term, Literal] = {}
        self.short: dict[tuple[str, Term], tuple[Literal, Any, int]] = {}
        self.missed: dict[Term, Literal] = {}
        self._circle = in_circles(self.cone, self.earned)
        self._rank = {t: self.model.new_int_var(0, len(self.earned), "") for t in self._circle}
        for term in members:
            self._member(self.cone.members[term])
        self._true(self._root(self.cone.goal, None).met)

    def _bool(self) -> Literal:
        if time.monotonic() >= self.deadline:
            raise OutOfTime
        return self.model.new_bool_var("")

    def _true(self, literal: Literal) -> None:
        self.model.add_bool_or([literal])

    def _member(self, member: Member) -> None:
        """Earned in exactly one way, and only after what it asks for first, unless it is granted."""
        term, earned = member.term, self.earned[member.term]
        how: list[Literal] = []
        if member.learnable:
            how.append(self.learned.setdefault(term, self._bool()))
        how += [self._root(way, term).met for way in member.ways]
        granted: list[Literal] = []
        if term in self.allowed.credentials:
            granted.append(self.granted.setdefault(term, self._bool()))
        self.model.add(sum((*how, *granted)) >= earned)
        for literal in (*how, *granted):
            self.model.add_implication(literal, earned)
        self.model.add_at_most_one((*how, *granted))
        for need in member.first:
            met = self._root(need, term).met
            self.model.add_bool_or([earned.negated(), met, *granted])
            self.model.add_implication(met, earned)

    def _root(self, need: Need, owner: Term | None) -> Part:
        """A tree of its own: inside it a credential is used once."""
        uses = _Uses()
        part = self._part(need, owner, uses)
        for literals in uses.by_credential.values():
            if len(literals) > 1:
                self.model.add_at_most_one(literals)
        for credential, scopes in uses.met_by.items():
            self._apart(scopes, uses.by_credential[credential])
        return part

    def _apart(self, scopes: Mapping[int, list[Literal]], uses: list[Literal]) -> None:
        """What meets something in a rule that allows sharing is used nowhere else."""
        for literals in scopes.values():
            inside = {id(literal) for literal in literals}
            others = [u for u in uses if id(u) not in inside]
            others += [u for other in scopes.values() if other is not literals for u in other]
            if others:
                here = self._bool()
                for literal in literals:
                    self.model.add_implication(literal, here)
                for literal in others:
                    self.model.add_implication(literal, here.negated())

    def _part(self, need: Need, owner: Term | None, uses: _Uses) -> Part:
        if isinstance(need, Slot):
            return self._slot(need, owner, uses)
        if isinstance(need, Shown):
            return self._shown(need, owner)
        return self._group(need, owner, uses)

    def _has(self, credential: Term, owner: Term | None) -> Literal | None:
        """A literal that is true only where the credential is held or earned before its owner; nothing where it cannot be."""
        if credential not in self.held and credential not in self.earned:
            return None
        literal = self._bool()
        if credential in self.held:
            return literal
        self.model.add_implication(literal, self.earned[credential])
        if owner is not None and owner in self._circle and self._circle.get(credential) == self._circle[owner]:
            self.model.add(self._rank[owner] > self._rank[credential]).only_enforce_if(literal)
        return literal

    def _slot(self, slot: Slot, owner: Term | None, uses: _Uses) -> Part:
        met, credits, hours, able = self._bool(), [], [], []
        for filler in slot.fillers:
            use = self._has(filler.credential, owner)
            if use is not None:
                uses.by_credential.setdefault(filler.credential, []).append(use)
                uses.meets(filler.credential, use)
                credits.append(scaled(filler.credit) * use)
                hours.append(scaled(filler.hours) * use)
                able.append(use)
        if uses.scope is not None:
            self.model.add(sum(able) <= met)
            others = {f.credential: h for f in slot.fillers if (h := self._has(f.credential, owner)) is not None}
            for credential, literal in others.items():
                uses.meets(credential, literal)
            self._only_for(met, list(others.values()))
        else:
            self.model.add(sum(able) == met)
        return Part(met, sum(credits), sum(hours))

    def _shown(self, shown: Shown, owner: Term | None) -> Part:
        met = self._bool()
        if shown.held:
            return Part(met)
        by = [h for c in shown.by if (h := self._has(c, owner)) is not None]
        if self.allowed.units and not by:
            by.append(self.absent.setdefault(shown.term, self._bool()))
        self._only_for(met, by)
        return Part(met)

    def _only_for(self, met: Literal, by: list[Literal]) -> None:
        """Met by one of these, none of which is used for it where it is not."""
        self.model.add_bool_or([met.negated(), *by])
        for literal in by:
            self.model.add_implication(literal, met)

    def _group(self, group: Group, owner: Term | None, uses: _Uses) -> Part:
        """Parts count only where the group is met, and then there are enough of them."""
        rule, met = group.rule, self._bool()
        outer, scope = uses.summed, uses.scope
        if rule.shared and scope is None:
            uses.scopes += 1
            uses.scope = uses.scopes
        uses.summed = outer or bool(rule.minimum_credit or rule.minimum_workload)
        parts = [self._excused(group, n, owner, uses) for n in range(len(group.parts))]
        uses.summed, uses.scope = outer, scope
        for part in parts:
            self.model.add_implication(part.met, met)
        if rule.undecided:
            self._true(met.negated())
        if not outer:
            self._tighten(rule, parts)
        credit, hours = sum(p.credit for p in parts), sum(p.hours for p in parts)
        if rule.maximum_credit is not None:
            capped = self.model.new_int_var(0, scaled(rule.maximum_credit), "")
            self.model.add(capped <= credit)
            credit = capped
        self._at_least("count", rule.term, sum(p.met for p in parts), rule.count_needed, met)
        self._at_least("credits", rule.term, credit, scaled(rule.minimum_credit), met)
        self._at_least("workload", rule.term, hours, scaled(rule.minimum_workload), met)
        return Part(met, credit, hours)

    def _tighten(self, rule: Rule, parts: list[Part]) -> None:
        """Nothing more is asked of a group here."""

    def _at_least(self, what: str, rule: Term, total: Any, least: int, met: Literal) -> None:
        if least <= 0:
            return
        if not self.allowed.sums:
            self.model.add(total >= least).only_enforce_if(met)
            return
        _, amount, _ = self.short.get((what, rule)) or self._falling_short(what, rule, least)
        self.model.add(total + amount >= least).only_enforce_if(met)

    def _falling_short(self, what: str, rule: Term, least: int) -> tuple[Literal, Any, int]:
        """What a rule lacks, once for all trees that it stands in."""
        some, amount = self._bool(), self.model.new_int_var(0, least, "")
        self.model.add(amount == 0).only_enforce_if(some.negated())
        self.short[what, rule] = (some, amount, least)
        return self.short[what, rule]

    def _excused(self, group: Group, position: int, owner: Term | None, uses: _Uses) -> Part:
        """The part itself, or one exemption from it."""
        own = self._part(group.parts[position], owner, uses)
        excuses = group.excuses_of(position)
        if not excuses:
            return own
        met, granted = self._bool(), [self._excuse(e, owner) for e in excuses]
        self.model.add(own.met + sum(g for g, _ in granted) == met)
        return Part(met, own.credit + sum(g * credit for g, credit in granted), own.hours)

    def _excuse(self, excuse: Excuse, owner: Term | None) -> tuple[Literal, int]:
        return self._root(excuse.part, owner).met, scaled(excuse.credit)


@dataclass
class _Uses:
    """Where credentials are used inside one tree, whether some rule around the one at hand asks for a sum, and which allows sharing."""

    summed: bool = False
    scope: int | None = None
    scopes: int = 0
    by_credential: dict[Term, list[Literal]] = field(default_factory=dict)
    met_by: dict[Term, dict[int, list[Literal]]] = field(default_factory=dict)
    """What a credential meets or is used for in each rule that allows sharing."""

    def meets(self, credential: Term, literal: Literal) -> None:
        if self.scope is not None:
            self.met_by.setdefault(credential, {}).setdefault(self.scope, []).append(literal)


def in_circles(cone: Cone, usable: Iterable[Term]) -> dict[Term, int]:
    """Credentials that may be made of each other, with the number of their circle: only these need an order."""
    inside = set(usable)
    graph: nx.DiGraph[Term] = nx.DiGraph(
        (term, d) for term in inside for d in dependencies(cone.members[term]) if d in inside
    )
    return {
        term: number
        for number, members in enumerate(nx.strongly_connected_components(graph))
        if len(members) > 1 or any(graph.has_edge(t, t) for t in members)
        for term in members
    }
