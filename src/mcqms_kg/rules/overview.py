"""A check as a regulator looks at it: providers by clauses, the score of all together, the weakest clauses, what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import (
    CheckReport,
    Choice,
    Clause,
    ClauseState,
    Deadline,
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
    TrendPoint,
    Verdict,
)
from mcqms_kg.rules.by_provider import count_grades
from mcqms_kg.rules.verdict import overall, score
from mcqms_kg.rules.words import mc

WEAKEST = 5
"""How many of the weakest clauses are named."""
_LATE = (mc("dueDate"), mc("nextReviewDate"))
"""Days after which something is overdue; what has expired may have been replaced."""
_WORST_FIRST = (Verdict.NONCONFORMANT, Verdict.NOT_CHECKED, Verdict.CONFORMANT, Verdict.NOT_APPLICABLE)


def overview(
    report: CheckReport,
    choice: Choice,
    days: int,
    check: KeptCheck | None = None,
    trend: Sequence[TrendPoint] = (),
) -> Overview:
    """The overview of the providers that are chosen; raises `UnknownName` where the data has none such.

    `days` is how far ahead of the check date deadlines are listed. `check` is the kept check that the report is of.
    """
    chosen = choose(report.providers, choice)
    parts = _parts(report.framework)
    grades = {f.id: f.grade for f in report.findings()}
    every = [state for provider in chosen for state in provider.requirements]
    clauses = clause_states(parts, every, grades)
    whose = {provider.provider.term for provider in chosen}
    of_chosen = _of(whose, bool(choice))
    nobodys = () if choice else report.unattributed
    standing = {id_ for state in every for id_ in state.findings} | (set(nobodys) & set(grades))
    waived = {id_ for state in every for id_ in state.waived} - standing
    entries = [d for d in report.registers.deadlines if of_chosen(d.provider)]
    return Overview(
        framework=report.framework,
        profile=report.profile,
        as_of=report.as_of,
        check=check,
        choice=choice,
        verdict=_worst([p.verdict for p in chosen] + ([] if choice else [report.verdict])),
        score=score(every),
        counts=count_grades((grades[id_] for id_ in standing if id_ in grades), len(waived)),
        providers=tuple(ProviderRow(p, clause_states(parts, p.requirements, grades)) for p in chosen),
        clauses=clauses,
        weakest=weakest(clauses),
        unattributed=nobodys,
        days=days,
        deadlines=_within(entries, report.as_of, days),
        overdue=tuple(d for d in entries if d.property.term in _LATE and d.day < report.as_of),
        actions=tuple(a for a in report.registers.actions if of_chosen(a.provider)),
        evidence=tuple(e for e in report.registers.evidence if of_chosen(e.provider)),
        trend=tuple(trend),
        all_providers=tuple(p.provider for p in report.providers),
        all_sectors=_all(named for p in report.providers for named in p.sectors),
        all_levels=_all(named for p in report.providers for named in p.levels),
        all_kinds=_all(named for p in report.providers for named in p.kinds),
    )


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


def _of(whose: set[Term], is_chosen: bool) -> Callable[[Term | None], bool]:
    """What is of one of these providers; where none was chosen, what is of several or of nobody too."""
    return lambda provider: provider in whose or (not is_chosen and provider is None)


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
    counts = count_grades((grades[id_] for id_ in standing if id_ in grades), len(waived)) if below else GradeCounts()
    return ClauseState(part.clause, part.depth, overall(below), score(below), counts, part.own)


def weakest(clauses: Iterable[ClauseState]) -> tuple[ClauseState, ...]:
    """The clauses with requirements of their own and the lowest score below 1, the one with more nonconformant first where equal."""
    counted = [c for c in clauses if c.requirements and c.score.share is not None and c.score.share < 1]
    return tuple(sorted(counted, key=lambda c: (c.score.share, -c.score.nonconformant))[:WEAKEST])


def _within(deadlines: Iterable[Deadline], as_of: dt.date, days: int) -> tuple[Deadline, ...]:
    last = as_of + dt.timedelta(days=days)
    return tuple(d for d in deadlines if as_of <= d.day <= last)


def _worst(verdicts: Sequence[Verdict]) -> Verdict:
    return next((v for v in _WORST_FIRST if v in verdicts), Verdict.NOT_CHECKED)
