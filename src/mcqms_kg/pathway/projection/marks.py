"""What things are: by their class, or by what is said of them; losing an `rdf:type` must not hide one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.vocabulary import JOB, KINDS, LEVEL, SKILL, SKILL_SET, SUBCLASS, TYPE, UNIT

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
OF_UNITS = ("coversUnit", "isTiedTo", "requiresUnit", "hasUnit", "assessesUnit", "licensesUnit", "certifiesUnit")


def kinds(facts: Facts) -> Mapping[Term, str]:
    """The classes of credentials with the kind that each is of, those that the data puts below ours among them."""
    found = dict(KINDS)
    for class_, kind in KINDS.items():
        for above in (waiting := [class_]):
            below = [c for c in facts.subjects(SUBCLASS, above) if c not in found]
            found.update(dict.fromkeys(below, kind))
            waiting += below
    return found


def kind_of(types: Collection[Term], kinds: Mapping[Term, str]) -> str:
    """The kind of a credential of these classes; of several the first in the order of ours."""
    found = {kinds[type_] for type_ in types if type_ in kinds}
    return next((kind for kind in KINDS.values() if kind in found), "credential")


def credentials(facts: Facts) -> set[Term]:
    """Every credential of the graph."""
    classes = kinds(facts)
    found = {s for s, types in facts.of(TYPE).items() if any(t in classes for t in types)}
    for name in SUBJECTS:
        found.update(facts.of(mc(name)))
    for name in OBJECTS:
        found.update(o for values in facts.of(mc(name)).values() for o in values)
    return found


def is_credential(facts: Facts, term: Term) -> bool:
    """Whether a thing is a credential."""
    types = facts.objects(term, TYPE)
    return (
        (bool(types) and not kinds(facts).keys().isdisjoint(types))
        or any(facts.objects(term, mc(name)) for name in SUBJECTS)
        or any(facts.subjects(mc(name), term) for name in OBJECTS)
    )


def is_unit(facts: Facts, term: Term) -> bool:
    """Whether something is a competency unit: something covers it, requires it, assesses it or certifies for it."""
    return UNIT in facts.objects(term, TYPE) or any(facts.subjects(mc(name), term) for name in OF_UNITS)


def is_skill(facts: Facts, term: Term) -> bool:
    """Whether something is a skill of a taxonomy: a job title requires it as one, or is helped by it."""
    asked = any(facts.subjects(mc(name), term) for name in ("requiresSkill", "benefitsFromSkill"))
    return asked or SKILL in facts.objects(term, TYPE)


def requiring(facts: Facts, thing: Term) -> tuple[Term, ...]:
    """The job titles that require a unit or a skill; skills that rest on a skill are none."""
    by_skill = (term for term in facts.subjects(mc("requiresSkill"), thing) if is_job(facts, term))
    return tuple(dict.fromkeys((*facts.subjects(mc("requiresUnit"), thing), *by_skill)))


def is_job(facts: Facts, term: Term) -> bool:
    """Whether something that requires units or skills is a job title: it says so, or it is no skill itself."""
    return JOB in facts.objects(term, TYPE) or not is_skill(facts, term)


def is_skill_set(facts: Facts, term: Term) -> bool:
    return SKILL_SET in facts.objects(term, TYPE) or bool(facts.objects(term, mc("hasUnit")))


def is_level(facts: Facts, term: Term) -> bool:
    """Whether something is a level: it is of a framework or has a number, or something is at it."""
    said = any(facts.objects(term, mc(name)) for name in ("isLevelOf", "levelNumber"))
    return said or LEVEL in facts.objects(term, TYPE) or bool(facts.subjects(mc("hasLevel"), term))
