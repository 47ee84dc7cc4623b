"""The statements behind each thing that a plan says: for units, levels and credits too, and what follows by a derive query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.alignments import aligned
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.projection.stacking import Leaf, Rule

RULE_NUMBERS = (
    "minimumCount",
    "minimumCredit",
    "minimumWorkload",
    "maximumCredit",
    "hasMinimumLevel",
    "maximumAgeMonths",
    "asksForSupervision",
    "asksForApproach",
    "isCertifiedAssessorRequired",
    "isSharingAllowed",
)


@dataclass(frozen=True, slots=True)
class Derived:
    """A statement that follows from others by a query of `queries/derive/`."""

    triple: Triple
    query: str
    premises: tuple[Triple, ...]


def stated(projection: Projection, subject: Term, *names: str) -> tuple[Triple, ...]:
    """What the graph states of a subject by these properties."""
    return tuple((subject, mc(n), o) for n in names for o in projection.facts.objects(subject, mc(n)))


def covers(projection: Projection, credential: Term, unit: Term) -> tuple[Triple, ...]:
    """Why a credential covers a unit: it is stated, or one outcome is tied to it."""
    direct = (credential, mc("coversUnit"), unit)
    if projection.facts.has(direct):
        return (direct,)
    for outcome in projection.facts.objects(credential, mc("hasOutcome")):
        tied = (outcome, mc("isTiedTo"), unit)
        if projection.facts.has(tied):
            return ((credential, mc("hasOutcome"), outcome), tied)
    return ()


def over_alignment(projection: Projection, credential: Term, skill: Term) -> tuple[Triple, ...]:
    """Why a credential covers a skill: it covers a unit that is aligned with it, by a verified alignment where there is one."""
    for found in sorted(aligned(projection.facts, skill), key=lambda a: not a.sure):
        if covered := covers(projection, credential, found.other):
            return (*found.triples, *covered)
    return ()


def counts_towards(projection: Projection, source: Term, target: Term) -> tuple[Triple, ...]:
    """The progression from one credential to another, with its credits."""
    facts = projection.facts
    for progression in facts.objects(source, mc("hasProgression")):
        if facts.has((progression, mc("leadsTo"), target)):
            begin = (source, mc("hasProgression"), progression), (progression, mc("leadsTo"), target)
            return (*begin, *stated(projection, progression, "creditValue"))
    return ()


def derived(projection: Projection, triples: tuple[Triple, ...]) -> tuple[Derived, ...]:
    """What follows from these statements by the derive queries, with the query that says so."""
    given = set(triples)
    found = []
    for s, p, o in triples:
        second = "isTiedTo" if p == mc("hasOutcome") else "leadsTo" if p == mc("hasProgression") else ""
        for end in projection.facts.objects(o, mc(second)) if second else ():
            link = (o, mc(second), end)
            if link in given:
                name, query = (
                    ("coversUnit", "covers_unit") if second == "isTiedTo" else ("countsTowards", "counts_towards")
                )
                found.append(Derived((s, mc(name), end), query, ((s, p, o), link)))
    return tuple(dict.fromkeys(found))


def meets(projection: Projection, owner: Term, option: Term, by: Term) -> tuple[Triple, ...]:
    """Why what is had meets an option of the owner's rule: as it is, as a substitute, by a unit, by its level, by an exemption."""
    facts = projection.facts
    if option in projection.credentials:
        instead = () if by == option else ((by, mc("substitutes"), option),)
        if by not in projection.credentials:
            return (
                *stated(projection, by, "exemptsFrom", "isEarnedBy", "exemptionCredit", "effectiveDate", "expiryDate"),
            )
        credit = counts_towards(projection, by, owner) or stated(projection, by, "credits")
        return (*instead, *credit)
    if by in projection.credentials:
        found = covers(projection, by, option) or over_alignment(projection, by, option)
        return found or (*stated(projection, by, "hasLevel"), *stated(projection, option, "isLevelOf", "levelNumber"))
    return () if by == option else facts.about(by)


def rule_statements(projection: Projection, owner: Term, rule: Rule, used: set[Term]) -> tuple[Triple, ...]:
    """How the owner is stacked by the rule: its numbers, and the options that are used, down to the leaves."""
    if rule.implied:
        return stated(projection, owner, "credits")
    top = [(owner, mc(p), rule.term) for p in ("isStackedBy", "requiresRule")]
    return (*(t for t in top if projection.facts.has(t)), *_inside(projection, rule, used))


def _inside(projection: Projection, rule: Rule, used: set[Term]) -> Iterator[Triple]:
    yield from stated(projection, rule.term, *RULE_NUMBERS)
    for option in rule.options:
        if isinstance(option, Leaf) and option.kind == "skill-set":
            units = projection.skill_sets.get(option.term, frozenset()) & used
            if units:
                yield rule.term, mc("hasOption"), option.term
                yield from ((option.term, mc("hasUnit"), u) for u in sorted(units))
        elif any(n.term in used for n in ((option,) if isinstance(option, Leaf) else option.nodes())):
            yield rule.term, mc("hasOption"), option.term
            if isinstance(option, Rule):
                yield from _inside(projection, option, used)
    for exemption in rule.exemptions:
        if exemption.term in used:
            yield rule.term, mc("hasExemption"), exemption.term
