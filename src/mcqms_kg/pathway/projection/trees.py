"""Stacking rules as trees: each read once, circles and unknown options cut off and told, size and depth bounded."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import is_level, is_skill_set, is_unit
from mcqms_kg.pathway.projection.problems import Problems
from mcqms_kg.pathway.projection.stacking import Conditions, Exemption, Leaf, LeafKind, Rule
from mcqms_kg.pathway.projection.values import Reader, as_date, as_flag, as_number, as_whole
from mcqms_kg.pathway.projection.vocabulary import RULE, TYPE

MAX_DEPTH = 40
MAX_NODES = 3000
"""Bounds on one rule with everything inside it; beyond them it stays undecided."""

OPTION, COUNT, CREDIT, WORKLOAD = (mc(n) for n in ("hasOption", "minimumCount", "minimumCredit", "minimumWorkload"))
CAP, AGE, ASSESSOR = mc("maximumCredit"), mc("maximumAgeMonths"), mc("isCertifiedAssessorRequired")
SHARING, BRINGS, BEGINS, ENDS = map(mc, ("isSharingAllowed", "exemptionCredit", "effectiveDate", "expiryDate"))
_RULE_MARKS = (OPTION, COUNT, CREDIT, WORKLOAD)
_LEAVES: tuple[tuple[LeafKind, Callable[[Facts, Term], bool]], ...] = (
    ("unit", is_unit),
    ("skill-set", is_skill_set),
    ("level", is_level),
)


class Trees:
    """The rules of one graph, read on demand."""

    def __init__(self, facts: Facts, problems: Problems, credentials: set[Term]) -> None:
        self.facts, self.problems, self.credentials = facts, problems, credentials
        self._read = Reader(facts, problems)
        self._rules: dict[Term, Rule] = {}
        self._sizes: dict[Term, int] = {}

    def is_rule(self, term: Term) -> bool:
        """By its class, or by what is said of it: losing a class must not hide a rule."""
        return RULE in self.facts.objects(term, TYPE) or any(self.facts.objects(term, p) for p in _RULE_MARKS)

    def rule(self, term: Term, trail: tuple[Term, ...] = ()) -> Rule:
        known = self._rules.get(term)
        if known is not None:
            return known
        if len(trail) >= MAX_DEPTH:
            return self._too_large(term)
        rule = self._without_bound(term, (*trail, term))
        earned = (each for exemption in rule.exemptions for each in exemption.earned_by)
        size = 1 + sum(self._sizes.get(o.term, 1) for o in (*rule.options, *earned))
        if size > MAX_NODES:
            return self._too_large(term)
        self._rules[term], self._sizes[term] = rule, size
        return rule

    def _too_large(self, term: Term) -> Rule:
        self.problems.add("rule-too-large", term)
        return Rule(term, (), undecided=True)

    def _without_bound(self, term: Term, trail: tuple[Term, ...]) -> Rule:
        options = self.facts.objects(term, OPTION)
        if not options:
            self.problems.add("rule-without-options", term)
        count = self._read.whole(term, COUNT, max)
        count = 0 if count is None and self.facts.objects(term, COUNT) else count  # see `_least`
        if count is not None and count > len(options):
            stated = ((term, p, o) for p in (COUNT, OPTION) for o in self.facts.objects(term, p))
            self.problems.add("count-above-options", term, *stated)
        return Rule(
            term,
            tuple(self._option(term, OPTION, o, trail) for o in options),
            count,
            self._least(term, CREDIT),
            self._least(term, WORKLOAD),
            self._read.number(term, CAP, min),
            self._conditions(term),
            tuple(self._exemption(e, trail) for e in self.facts.objects(term, mc("hasExemption"))),
            shared=bool(self._read.flag(term, SHARING, all)) or self._read.is_broken(term, as_flag, SHARING),
            undecided=self._is_broken(term) or not options,
        )

    def _least(self, term: Term, predicate: Term) -> Decimal | None:
        """The minimum; zero where what is stated cannot be read: such a rule is undecided, and may ask for as little as that."""
        minimum = self._read.number(term, predicate, max)
        return Decimal(0) if minimum is None and self.facts.objects(term, predicate) else minimum

    def _is_broken(self, term: Term) -> bool:
        broken = self._read.is_broken
        numbers = broken(term, as_number, CREDIT, WORKLOAD, CAP) or broken(term, as_whole, COUNT, AGE)
        return numbers or broken(term, as_flag, ASSESSOR, SHARING)

    def _conditions(self, term: Term) -> Conditions | None:
        conditions = Conditions(
            term,
            self.facts.objects(term, mc("hasMinimumLevel")),
            self._read.whole(term, AGE, min),
            self.facts.objects(term, mc("asksForSupervision")),
            self.facts.objects(term, mc("asksForApproach")),
            bool(self._read.flag(term, ASSESSOR)),
        )
        return conditions if conditions else None

    def _option(self, owner: Term, predicate: Term, term: Term, trail: tuple[Term, ...]) -> Leaf | Rule:
        if term in trail:
            self.problems.add("rule-inside-itself", term, (owner, predicate, term))
            return Leaf(term, "nothing")
        if term in self.credentials:
            return Leaf(term, "credential")
        if self.is_rule(term):
            return self.rule(term, trail)
        for kind, is_one in _LEAVES:
            if is_one(self.facts, term):
                return Leaf(term, kind)
        self.problems.add("unknown-option", term, (owner, predicate, term))
        return Leaf(term, "nothing")

    def _exemption(self, term: Term, trail: tuple[Term, ...]) -> Exemption:
        exempts = self.facts.objects(term, mc("exemptsFrom"))
        earned = self.facts.objects(term, mc("isEarnedBy"))
        if len(exempts) != 1 or not earned:
            self.problems.add("exemption-incomplete", term, *self.facts.about(term))
        return Exemption(
            term,
            exempts[0] if len(exempts) == 1 else term,
            tuple(self._option(term, mc("isEarnedBy"), e, trail) for e in earned),
            self._read.number(term, BRINGS) or Decimal(0),
            self._read.date(term, BEGINS, max),
            self._read.date(term, ENDS, min),
            self._read.is_broken(term, as_number, BRINGS) or self._read.is_broken(term, as_date, BEGINS, ENDS),
        )
