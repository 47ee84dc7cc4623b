"""Which things are credentials: by their class, or by what is said of them; losing an `rdf:type` must not hide one."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.vocabulary import KINDS, TYPE, mc

SUBJECTS = (
    "isOfferedBy",
    "isCertifiedBy",
    "isStackedBy",
    "hasProgression",
    "requires",
    "requiresRule",
    "substitutes",
    "hasOffRamp",
)
OBJECTS = ("leadsTo", "requires", "substitutes", "hasOffRamp", "awardsCredential", "countsTowards")


def credentials(facts: Facts) -> set[Term]:
    """All of them."""
    found = {s for s, types in facts.of(TYPE).items() if any(t in KINDS for t in types)}
    for name in SUBJECTS:
        found.update(facts.of(mc(name)))
    for name in OBJECTS:
        found.update(o for values in facts.of(mc(name)).values() for o in values)
    return found


def is_credential(facts: Facts, term: Term) -> bool:
    """Whether one thing is."""
    return (
        any(type_ in KINDS for type_ in facts.objects(term, TYPE))
        or any(facts.objects(term, mc(name)) for name in SUBJECTS)
        or any(facts.subjects(mc(name), term) for name in OBJECTS)
    )
