"""What stands for what in another taxonomy: only exact and close matches say that whoever has one has the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.vocabulary import TYPE

ENDS = ("hasSourceConcept", "hasTargetConcept")
ASKING = ("requiresUnit", "requiresSkill", "hasUnit", "hasOption", "isEarnedBy")
"""How units and skills are asked for: by job titles, skill sets, rules and exemptions."""
_VERIFIED = code("alignment-verified")
_STRONG = (code("match-exact"), code("match-close"))
"""Broader, narrower and related matches say nothing of the kind."""


@dataclass(frozen=True)
class Aligned:
    """A thing that is set against another one, by these statements; not sure where the alignment is not verified."""

    other: Term
    triples: tuple[Triple, ...]
    sure: bool

    @property
    def record(self) -> Term:
        """The alignment itself."""
        return self.triples[0][0]


def is_alignment(facts: Facts, thing: Term) -> bool:
    """Whether something is an alignment: by its class, or as it has an end."""
    return mc("TaxonomyAlignment") in facts.objects(thing, TYPE) or any(facts.objects(thing, mc(end)) for end in ENDS)


def aligned(facts: Facts, thing: Term) -> Iterator[Aligned]:
    """What strong alignments set against the thing, on either side."""
    for mine, other in (ENDS[::-1], ENDS):
        for record in facts.subjects(mc(mine), thing):
            strengths = facts.objects(record, mc("hasMatchStrength"))
            if not strengths or not set(strengths) <= set(_STRONG):
                continue
            status = facts.objects(record, mc("hasAlignmentStatus"))
            names = (mine, other, "hasMatchStrength", "hasAlignmentStatus")
            triples = tuple((record, mc(n), o) for n in names for o in facts.objects(record, mc(n)))
            for unit in facts.objects(record, mc(other)):
                yield Aligned(unit, triples, status == (_VERIFIED,))


def aligned_with_asked(facts: Facts) -> Mapping[Term, tuple[Term, ...]]:
    """The units and skills that job titles and rules ask for and that are aligned with something, each with what it is aligned with."""
    set_against = {o for n in ENDS for os in facts.of(mc(n)).values() for o in os}
    if not set_against:
        return {}
    asked = {o for n in ASKING for os in facts.of(mc(n)).values() for o in os}
    found = {thing: tuple(dict.fromkeys(a.other for a in aligned(facts, thing))) for thing in asked & set_against}
    return {thing: others for thing, others in found.items() if others}
