"""The plan with most off-ramps: a model in which nothing earned is needless, and in which certificates on the way are counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.cone import Member
from mcqms_kg.pathway.planning.encoding import Encoding, Literal, Part, scaled
from mcqms_kg.pathway.planning.needs import Shown
from mcqms_kg.pathway.projection.stacking import Rule


@dataclass
class RampEncoding(Encoding):
    """The model of one cone, in which all that is earned is used, no group counts more than it needs, and exits are missed or made.

    Every plan without needless steps is a solution of it. Some solutions hold needless steps still, so that what it finds is a bound:
    no plan has more off-ramps, or as many for less work. `closing` is what may be completed on the way without being a step.
    """

    closing: Mapping[Term, Member] = field(default_factory=dict)
    exits: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        self._used: dict[Term, list[Literal]] = {}
        self._closed: dict[Term, Literal] = {}
        super().__post_init__()
        for term, earned in self.earned.items():
            self.model.add_bool_or([earned.negated(), *self._used.get(term, ())])
        self._closed = {term: self._bool() for term in self.closing}
        self._place = {term: self.model.new_int_var(0, len(self.closing), "") for term in self.closing}
        for member in self.closing.values():
            self._close(member)
        for term in self.exits:
            made = [each[term] for each in (self.earned, self._closed) if term in each]
            self.missed[term] = self._bool()
            self.model.add_bool_or([self.missed[term], *made])

    def _close(self, member: Member) -> None:
        """Completed by what is had, in one of its ways, and with what it asks for first."""
        closed = self._closed[member.term]
        self.model.add_bool_or([closed.negated(), *(self._root(way, member.term).met for way in member.ways)])
        for need in member.first:
            self.model.add_implication(closed, self._root(need, member.term).met)

    def _has(self, credential: Term, owner: Term | None) -> Literal | None:
        if not self._closed:
            literal = super()._has(credential, owner)
            if literal is not None:
                self._used.setdefault(credential, []).append(literal)
            return literal
        if credential in self.held:
            return self._bool()
        ways = [self.earned[credential]] if credential in self.earned else []
        if credential in self._closed and owner is not None:
            earlier = self._bool()
            self.model.add_implication(earlier, self._closed[credential])
            self.model.add(self._place[owner] > self._place[credential]).only_enforce_if(earlier)
            ways.append(earlier)
        if not ways:
            return None
        literal = self._bool()
        self.model.add_bool_or([literal.negated(), *ways])
        return literal

    def _shown(self, shown: Shown, owner: Term | None) -> Part:
        """What shows something is used for it only where nothing else that is had shows it too."""
        if self._closed or shown.held or owner in self._circle:
            return super()._shown(shown, owner)
        met, earned = self._bool(), [self.earned[c] for c in shown.by if c in self.earned]
        by = [h for c in shown.by if (h := super(RampEncoding, self)._has(c, owner)) is not None]
        self._only_for(met, by)
        if earned and not any(c in self.held for c in shown.by):
            single = self._bool()
            self.model.add(sum(earned) <= 1).only_enforce_if(single)
            for credential in (c for c in shown.by if c in self.earned):
                alone = self._bool()
                self.model.add_implication(alone, met)
                self.model.add_implication(alone, single)
                self.model.add_implication(alone, self.earned[credential])
                self._used.setdefault(credential, []).append(alone)
        return Part(met)

    def _tighten(self, rule: Rule, parts: list[Part]) -> None:
        """Without any one of the parts that count, the group would not be met; inside a sum a part may count for that instead."""
        if self._closed:
            return
        enough = self._bool()
        self.model.add(sum(p.met for p in parts) <= rule.count_needed).only_enforce_if(enough)
        sums = (
            (scaled(rule.minimum_credit), [p.credit for p in parts]),
            (scaled(rule.minimum_workload), [p.hours for p in parts]),
        )
        for position, part in enumerate(parts):
            reasons = [enough] if rule.count_needed else []
            for least, values in sums:
                if least > 0:
                    short = self._bool()
                    self.model.add(sum(values) - values[position] <= least - 1).only_enforce_if(short)
                    reasons.append(short)
            self.model.add_bool_or([part.met.negated(), *reasons])
