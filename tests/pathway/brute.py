"""Small stacking problems, as data and as an oracle that tries everything; nothing of it is shared with the planner."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

Plan = tuple[frozenset[int], int, int]
HEADER = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix ex: <https://example.org/> . @prefix code: <https://w3id.org/mcqms/code/> .
ex:framework a mc:QualificationFramework . ex:set a mc:SkillSet ; mc:hasUnit ex:u0 , ex:u1 .
ex:watched mc:hasSupervision code:supervision-supervised-on-site-verified . ex:alone mc:hasSupervision code:supervision-unsupervised .
""" + "".join(
    f"ex:level{n} a mc:QualificationLevel ; mc:isLevelOf ex:framework ; mc:levelNumber {n} .\n" for n in range(1, 4)
)


@dataclass(frozen=True)
class SmallRule:
    """A rule over credentials (numbers), units (`u0`), the skill set of both units (`set`), levels (`level2`) and rules.

    `excuse` is (option, the credential or rule that earns it, credits, whether it ended). What is `fresh` asks for awards that are not old.
    """

    options: tuple[object, ...]
    count: int | None = None
    credit: Decimal | int | None = None
    cap: int | None = None
    workload: int | None = None
    level: int | None = None
    shared: bool = False
    excuse: tuple[int, object, int, bool] | None = None
    watched: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class SmallCredential:
    """`towards` are what it counts for towards others; `gates` are rules to be met first."""

    hours: int | None = 10
    credits: Decimal | None = Decimal(1)
    level: int = 2
    available: bool = True
    requires: tuple[int, ...] = ()
    substitutes: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    rules: tuple[SmallRule, ...] = ()
    watched: bool | None = None
    towards: tuple[tuple[int, Decimal], ...] = ()
    gates: tuple[SmallRule, ...] = ()

    @property
    def kind(self) -> str:
        return "MicroCredential" if self.hours is not None or self.available else "Certification"


@dataclass(frozen=True)
class Small:
    """A problem: the last credential is the target. Of what is held, `old` is held by awards of long ago, and `lapsing` until today."""

    credentials: tuple[SmallCredential, ...]
    held: frozenset[int] = frozenset()
    old: frozenset[int] = frozenset()
    lapsing: frozenset[int] = frozenset()

    @property
    def target(self) -> int:
        return len(self.credentials) - 1


@dataclass
class Turtle:
    lines: list[str] = field(default_factory=list)
    rules: int = 0

    def rule(self, rule: SmallRule) -> str:
        self.rules += 1
        name = f"ex:rule{self.rules}"
        options = [self.option(option) for option in rule.options]
        says = [f"{name} a mc:StackingRule", *(f"mc:hasOption {option}" for option in options)]
        numbers = (
            ("minimumCount", rule.count),
            ("minimumCredit", rule.credit),
            ("maximumCredit", rule.cap),
            ("minimumWorkload", rule.workload),
        )
        says += [f"mc:{term} {value}" for term, value in numbers if value is not None]
        says += [f"mc:hasMinimumLevel ex:level{rule.level}"] if rule.level else []
        says += ["mc:isSharingAllowed true"] if rule.shared else []
        says += ["mc:asksForSupervision code:supervision-supervised-on-site-verified"] if rule.watched else []
        says += ["mc:maximumAgeMonths 12"] if rule.fresh else []
        if rule.excuse:
            position, by, credit, ended = rule.excuse
            end = ' ; mc:expiryDate "2026-06-29"^^xsd:date' if ended else ""
            says.append(f"mc:hasExemption {name}-exemption")
            self.lines.append(
                f"{name}-exemption a mc:Exemption ; mc:exemptsFrom {options[position]} ;"
                f" mc:isEarnedBy {self.option(by)} ; mc:exemptionCredit {credit}{end} ."
            )
        self.lines.append(" ; ".join(says) + " .")
        return name

    def option(self, option: object) -> str:
        if isinstance(option, SmallRule):
            return self.rule(option)
        return f"ex:{option}" if isinstance(option, str) else f"ex:c{option}"

    def credential(self, number: int, c: SmallCredential) -> None:
        kind = c.kind
        says = [f"ex:c{number} a mc:{kind}", f"mc:hasLevel ex:level{c.level}"]
        says += [f"mc:credits {c.credits}"] if c.credits is not None else []
        says += [] if c.watched is None else [f"mc:hasAssessmentScheme ex:{'watched' if c.watched else 'alone'}"]
        says += [f"mc:hasProgression [ mc:leadsTo ex:c{to} ; mc:creditValue {value} ]" for to, value in c.towards]
        says += [f"mc:requiresRule {self.rule(r)}" for r in c.gates]
        says += [f"mc:workloadHours {c.hours}"] if c.hours is not None else []
        says += [] if c.available else ['mc:withdrawalDate "2020-01-01"^^xsd:date'] if kind == "MicroCredential" else []
        says += [f"mc:requires ex:c{n}" for n in c.requires] + [f"mc:substitutes ex:c{n}" for n in c.substitutes]
        says += [f"mc:coversUnit ex:{u}" for u in c.units] + [f"mc:isStackedBy {self.rule(r)}" for r in c.rules]
        self.lines.append(" ; ".join(says) + " .")


def turtle(problem: Small) -> str:
    """The problem as a data file."""
    out = Turtle()
    for number, credential in enumerate(problem.credentials):
        out.credential(number, credential)
    out.lines += [
        f'ex:award{n} mc:awardsCredential ex:c{n} ; mc:issueDate "{"2020" if n in problem.old else "2026"}-01-01"^^xsd:date'
        + (' ; mc:expiryDate "2026-06-30"^^xsd:date .' if n in problem.lapsing else " .")
        for n in sorted(problem.held)
    ]
    units = sorted({u for c in problem.credentials for u in c.units} | {"u0", "u1"})
    return HEADER + "\n".join([*out.lines, *(f"ex:{u} a mc:CompetencyUnit ." for u in units)]) + "\n"


@dataclass(frozen=True)
class Oracle:
    """Tries every set of credentials, every way of earning each, and every way of counting them."""

    problem: Small

    def plans(self, order: Callable[[Plan], tuple[int, ...]]) -> list[Plan]:
        """The plans, the best first, each without those that are an earlier one with more: what to earn, unknown workloads, hours."""
        p = self.problem
        free = [n for n in range(len(p.credentials)) if n not in p.held]
        best: dict[frozenset[int], tuple[int, int]] = {}
        for ways in itertools.product(("", "learn", "stack"), repeat=len(free)):
            chosen = {n: way for n, way in zip(free, ways, strict=True) if way}
            if p.target not in chosen or not self._in_order(chosen):
                continue
            learned = [p.credentials[n] for n, way in chosen.items() if way == "learn"]
            cost = sum(c.hours is None for c in learned), sum(c.hours or 0 for c in learned)
            key = frozenset(chosen)
            best[key] = min(best.get(key, cost), cost)
        taken: list[Plan] = []
        for plan in sorted(((s, *cost) for s, cost in best.items()), key=order):
            if not any(earlier[0] <= plan[0] for earlier in taken):
                taken.append(plan)
        return taken

    def least_hours_in_time(self, earned: frozenset[int] = frozenset(), now: int = 0) -> int | None:
        """The least work by which the target is had, one thing after another, where what lapses today is gone after 24 hours of it."""
        p = self.problem
        here = {n for n in p.held if n not in p.lapsing or now <= 24}
        while more := {n for n in self._open(earned) if self._can(n, "stack", here | earned)}:
            earned |= more
        if p.target in earned:
            return now
        ways = (
            self.least_hours_in_time(earned | {n}, now + (p.credentials[n].hours or 0))
            for n in self._open(earned)
            if self._can(n, "learn", here | earned)
        )
        return min((hours for hours in ways if hours is not None), default=None)

    def _open(self, earned: frozenset[int]) -> list[int]:
        """What may be earned, an award that lapses anew among it."""
        return [
            n
            for n in range(len(self.problem.credentials))
            if n not in earned | (self.problem.held - self.problem.lapsing)
        ]

    def _in_order(self, chosen: dict[int, str]) -> bool:
        have, waiting = set(self.problem.held), set(chosen)
        while waiting:
            new = {n for n in waiting if self._can(n, chosen[n], have)}
            if not new:
                return False
            have |= new
            waiting -= new
        return True

    def _can(self, number: int, way: str, have: set[int]) -> bool:
        c = self.problem.credentials[number]
        if not all(self._stands_in(r) & have for r in c.requires) or not all(
            self.met(r, have, number) for r in c.gates
        ):
            return False
        is_open = c.available or c.kind != "MicroCredential"  # what was withdrawn is earned in no way
        return c.available if way == "learn" else is_open and any(self.met(r, have, number) for r in self.ways(number))

    def ways(self, number: int) -> tuple[SmallRule, ...]:
        """Its rules; a certificate that has none is reached by the credits that lead to it."""
        c = self.problem.credentials[number]
        leading = [n for n, other in enumerate(self.problem.credentials) if number in dict(other.towards)]
        if c.rules or c.kind != "Certification" or not c.credits or not leading:
            return c.rules
        return (SmallRule(tuple(leading), credit=c.credits),)

    def ramps(self, earned: frozenset[int]) -> frozenset[int]:
        """The certificates that what is held and earned makes, by going round until nothing is added."""
        have, p = set(self.problem.held) | set(earned), self.problem
        while more := {
            n
            for n, c in enumerate(p.credentials)
            if n not in have and self.ways(n) and self._can(n, "stack", have)
        }:  # fmt: skip
            have |= more
        exits = {n for n in have if p.credentials[n].kind == "Certification"}
        return frozenset(exits - {p.target} - p.held)

    def _stands_in(self, number: int) -> set[int]:
        return {number} | {n for n, c in enumerate(self.problem.credentials) if number in c.substitutes}

    def met(self, rule: SmallRule, have: set[int], owner: int) -> bool:
        return any(True for _ in self._totals(rule, have, Asked(owner), frozenset()))

    def _totals(self, rule: SmallRule, have: set[int], asked: Asked, used: Used) -> Iterator[Total]:
        """Credits, hours and the credentials used, for every way in which the rule is met."""
        asked = replace(
            asked,
            level=max(asked.level, rule.level or 0),
            watched=asked.watched or rule.watched,
            fresh=asked.fresh or rule.fresh,
        )
        if rule.shared and not asked.shared:  # inside it all may be used again but what was used before it
            asked = replace(asked, shared=True, before=frozenset(n for n, _ in used))
        summed = rule.credit is not None or rule.workload is not None
        needed = rule.count if rule.count is not None else 0 if summed else len(rule.options)
        for met, credit, hours, now in self._counted(rule, 0, have, asked, used):
            credit = credit if rule.cap is None else min(credit, Decimal(rule.cap))
            if met >= needed and credit >= (rule.credit or 0) and hours >= (rule.workload or 0):
                yield credit, hours, now

    def _counted(
        self, rule: SmallRule, position: int, have: set[int], asked: Asked, used: Used
    ) -> Iterator[tuple[int, Decimal, int, Used]]:
        """How many options are met, with credits and hours, over every choice from a position on."""
        if position == len(rule.options):
            yield 0, Decimal(0), 0, used
            return
        for one, credit, hours, now in self._choices(rule, position, have, asked, used):
            for met, more, longer, then in self._counted(rule, position + 1, have, asked, now):
                yield met + one, more + credit, longer + hours, then

    def _choices(
        self, rule: SmallRule, position: int, have: set[int], asked: Asked, used: Used
    ) -> Iterator[tuple[int, Decimal, int, Used]]:
        option = rule.options[position]
        yield 0, Decimal(0), 0, used
        if rule.excuse and rule.excuse[0] == position and not rule.excuse[3]:
            earned = rule.excuse[1]
            one = earned if isinstance(earned, SmallRule) else SmallRule((earned,))
            if self.met(one, have, asked.owner):
                yield 1, Decimal(rule.excuse[2]), 0, used
        if isinstance(option, SmallRule):
            for credit, hours, now in self._totals(option, have, asked, used):
                yield 1, credit, hours, now
        elif isinstance(option, str):
            if self._shown(option, [self.problem.credentials[n] for n in have if self._counts(n, asked)]):
                yield 1, Decimal(0), 0, used
        else:
            wanted = int(str(option))
            for n in sorted(self._stands_in(wanted) & have):
                if not self._counts(n, asked):
                    continue
                if n in asked.before or (not asked.shared and not used.isdisjoint({(n, True), (n, False)})):
                    continue
                if (n, True) not in used:
                    credit, hours = self._credit(n, wanted, asked.owner), self.problem.credentials[n].hours or 0
                    yield 1, credit, hours, used | {(n, True)}
                if asked.shared:  # its credits count once, wherever they are needed
                    yield 1, Decimal(0), 0, used | {(n, False)}

    def _shown(self, option: str, counting: list[SmallCredential]) -> bool:
        if option.startswith("level"):
            return any(c.level >= int(option[5:]) for c in counting)
        units = ("u0", "u1") if option == "set" else (option,)
        return all(any(unit in c.units for c in counting) for unit in units)

    def _credit(self, number: int, wanted: int, owner: int) -> Decimal:
        """What it counts for towards the owner, else what the one in whose place it is does, else the credits of that one."""
        for one in (number, wanted):
            stated = [value for to, value in self.problem.credentials[one].towards if to == owner]
            if stated:
                return min(stated)
        return self.problem.credentials[wanted].credits or Decimal(0)

    def _counts(self, number: int, asked: Asked) -> bool:
        c = self.problem.credentials[number]
        if asked.fresh and number in self.problem.old:
            return False
        return c.level >= asked.level and (c.watched is True or not asked.watched)


@dataclass(frozen=True)
class Asked:
    """What is asked of a credential that counts in a rule, and whose rule it is; in a rule that shares, what was used before it."""

    owner: int
    shared: bool = False
    before: frozenset[int] = frozenset()
    level: int = 0
    watched: bool = False
    fresh: bool = False


Used = frozenset[tuple[int, bool]]
"""The credentials used, each with whether its credits were counted."""
Total = tuple[Decimal, int, Used]
