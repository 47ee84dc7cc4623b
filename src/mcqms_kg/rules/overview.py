"""A check as a regulator looks at it: providers by clauses, the score of all together, the weakest clauses, what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import (
    CheckReport,
    Choice,
    Clause,
    ClauseState,
    Deadline,
    Finding,
    Framework,
    Grade,
    GradeCounts,
    KeptCheck,
    Named,
    Overview,
    ProviderRow,
    ProviderVerdict,
    RequirementState,
    Term,
    Verdict,
)
from mcqms_kg.rules.by_provider import count_grades
from mcqms_kg.rules.verdict import overall, score

WEAKEST = 5
"""How many of the weakest clauses are named."""
LATE = (mc("dueDate"), mc("nextReviewDate"))
"""Days after which something is overdue; what has expired may have been replaced."""
_WORST_FIRST = (Verdict.NONCONFORMANT, Verdict.NOT_CHECKED, Verdict.CONFORMANT, Verdict.NOT_APPLICABLE)


Checked = tuple[CheckReport, KeptCheck | None]
"""A report, and the kept check that it is of."""


def overview(report: CheckReport, choice: Choice, days: int, check: KeptCheck | None = None) -> Overview:
    """The overview of one check; see `overview_of`."""
    return overview_of([(report, check)], choice, days)


def overview_of(
    checked: Sequence[Checked],
    choice: Choice,
    days: int,
    unchecked: Sequence[str] = (),
    as_of: dt.date | None = None,
) -> Overview:
    """The overview of the providers that are chosen, without a trend; raises `UnknownName` where the data has none such.

    `checked` are one or more reports under one profile. `days` is how far ahead deadlines are listed, from the latest of their dates,
    or from `as_of`.
    """
    day = as_of or max(report.as_of for report, _ in checked)
    every = [(provider, check) for report, check in checked for provider in report.providers]
    providers = [provider for provider, _ in every]
    chosen = {id(provider) for provider in choose(providers, choice)}
    found = _Found.of(checked, [p for p in providers if id(p) in chosen], choice)
    parts = _parts(checked[0][0].framework)
    clauses = clause_states(parts, found.states, found.grades)
    entries = [d for report, _ in checked for d in report.registers.deadlines if found.is_of(d.provider)]
    return Overview(
        framework=checked[0][0].framework,
        profile=checked[0][0].profile,
        as_of=day,
        checks=tuple(check for _, check in checked if check),
        unchecked=tuple(unchecked),
        choice=choice,
        verdict=found.verdict,
        score=score(found.states),
        counts=count_grades((found.grades[id_] for id_ in found.standing), len(found.waived)),
        providers=tuple(
            ProviderRow(p, clause_states(parts, p.requirements, found.grades), check)
            for p, check in every
            if id(p) in chosen
        ),
        clauses=clauses,
        weakest=weakest(clauses),
        findings=tuple(f for id_, f in found.every.items() if id_ in found.standing),
        waived=tuple(f for id_, f in found.every.items() if id_ in found.waived),
        unattributed=found.nobodys,
        days=days,
        deadlines=_within(entries, day, days),
        overdue=tuple(d for d in _by_day(entries) if d.property.term in LATE and d.day < day),
        actions=tuple(a for report, _ in checked for a in report.registers.actions if found.is_of(a.provider)),
        evidence=tuple(e for report, _ in checked for e in report.registers.evidence if found.is_of(e.provider)),
        trend=(),
        all_providers=tuple(p.provider for p in providers),
        all_sectors=_all(named for p in providers for named in p.sectors),
        all_levels=_all(named for p in providers for named in p.levels),
        all_kinds=_all(named for p in providers for named in p.kinds),
    )


@dataclass(frozen=True)
class _Found:
    """What was found against the providers that are chosen; where no choice was made, what is of no provider too."""

    every: Mapping[str, Finding]
    states: tuple[RequirementState, ...]
    standing: frozenset[str]
    waived: frozenset[str]
    nobodys: tuple[str, ...]
    verdict: Verdict
    whose: frozenset[Term]
    is_chosen: bool

    @classmethod
    def of(cls, checked: Sequence[Checked], chosen: Sequence[ProviderVerdict], choice: Choice) -> _Found:
        """What the reports say of the providers that are chosen."""
        reports = [report for report, _ in checked]
        states = tuple(state for provider in chosen for state in provider.requirements)
        nobodys = () if choice else tuple(id_ for report in reports for id_ in report.unattributed)
        standing = frozenset(id_ for state in states for id_ in state.findings) | frozenset(nobodys)
        return cls(
            every={f.id: f for r in reports for f in (*r.findings(), *(w.finding for w in r.waived()))},
            states=states,
            standing=standing,
            waived=frozenset(id_ for state in states for id_ in state.waived) - standing,
            nobodys=nobodys,
            verdict=_worst([p.verdict for p in chosen] + ([] if choice else [r.verdict for r in reports])),
            whose=frozenset(provider.provider.term for provider in chosen),
            is_chosen=bool(choice),
        )

    @cached_property
    def grades(self) -> Mapping[str, Grade]:
        return {id_: finding.grade for id_, finding in self.every.items()}

    def is_of(self, provider: Term | None) -> bool:
        """Whether something is of one of the chosen; where no choice was made, what is of several or of nobody counts too."""
        return provider in self.whose or (not self.is_chosen and provider is None)


def choose(providers: Sequence[ProviderVerdict], choice: Choice) -> tuple[ProviderVerdict, ...]:
    """The providers that fit every part of the choice; raises `UnknownName` where a part is nowhere in the data."""
    wanted = (
        ("provider", choice.provider, lambda p: (p.provider,)),
        ("sector", choice.sector, lambda p: p.sectors),
        ("level", choice.level, lambda p: p.levels),
        ("kind", choice.kind, lambda p: p.kinds),
    )
    chosen = tuple(providers)
    for what, text, of in wanted:
        if text:
            _known(what, text, [named for p in providers for named in of(p)])
            chosen = tuple(p for p in chosen if any(is_called(named, text) for named in of(p)))
    return chosen


def is_called(named: Named, text: str) -> bool:
    """Whether the text is the IRI of the thing, its short name, the end of its IRI, or a label in any case."""
    term = named.term
    names = {terms.lexical(term), term, terms.short(term), *([terms.local_name(term)] if terms.is_iri(term) else [])}
    return text in names or text.casefold() in {label.casefold() for label in named.label.values()}


def _known(what: str, text: str, there: Iterable[Named]) -> None:
    every = _all(there)
    if not any(is_called(named, text) for named in every):
        listed = ", ".join(terms.lexical(named.term) for named in every[:10]) or "none"
        raise UnknownName(f"The data has no {what} {text!r}", remedy=f"It has: {listed}.")


def _all(there: Iterable[Named]) -> tuple[Named, ...]:
    return tuple({named.term: named for named in sorted(there, key=lambda named: named.term)}.values())


@dataclass(frozen=True)
class Part:
    """A clause with a requirement in it, how deep it stands, and its requirements without and with those of clauses inside it."""

    clause: Clause
    depth: int
    own: tuple[str, ...]
    below: frozenset[str]


def _parts(framework: Framework) -> tuple[Part, ...]:
    by_clause: dict[Term, list[str]] = {}
    for requirement in framework.requirements:
        by_clause.setdefault(requirement.clause, []).append(requirement.notation)

    def inside(parent: Term | None, depth: int) -> list[Part]:
        found: list[Part] = []
        for clause in (c for c in framework.clauses if c.parent == parent):
            children = inside(clause.iri, depth + 1)
            own = tuple(by_clause.get(clause.iri, ()))
            below = frozenset(own).union(*(child.below for child in children))
            found += [Part(clause, depth, own, below), *children] if below else []
        return found

    return tuple(inside(None, 0))


def clause_states(
    parts: Iterable[Part], states: Iterable[RequirementState], grades: Mapping[str, Grade]
) -> tuple[ClauseState, ...]:
    """What each clause comes to over all these states, of one provider or of many, in clause order."""
    by_requirement: dict[str, list[RequirementState]] = {}
    for state in states:
        by_requirement.setdefault(state.notation, []).append(state)
    return tuple(_clause(part, by_requirement, grades) for part in parts)


def _clause(part: Part, states: Mapping[str, list[RequirementState]], grades: Mapping[str, Grade]) -> ClauseState:
    below = [state for notation in sorted(part.below) for state in states.get(notation, ())]
    standing = {id_ for state in below for id_ in state.findings}
    waived = {id_ for state in below for id_ in state.waived} - standing
    counts = count_grades((grades[id_] for id_ in standing), len(waived)) if below else GradeCounts()
    return ClauseState(part.clause, part.depth, overall(below), score(below), counts, part.own)


def weakest(clauses: Iterable[ClauseState]) -> tuple[ClauseState, ...]:
    """The clauses with requirements of their own and the lowest score below 1, the one with more nonconformant first where equal."""
    counted = [c for c in clauses if c.requirements and c.score.share is not None and c.score.share < 1]
    return tuple(sorted(counted, key=lambda c: (c.score.share, -c.score.nonconformant))[:WEAKEST])


def _within(deadlines: Iterable[Deadline], as_of: dt.date, days: int) -> tuple[Deadline, ...]:
    last = as_of + dt.timedelta(days=days)
    return _by_day(d for d in deadlines if as_of <= d.day <= last)


def _by_day(deadlines: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(deadlines, key=lambda d: (d.day, d.thing.term, d.property.term)))


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return next((v for v in _WORST_FIRST if v in verdicts), Verdict.NOT_CHECKED)
