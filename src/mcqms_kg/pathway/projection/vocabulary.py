"""The terms of the ontology that pathways read, as terms."""

from __future__ import annotations

from functools import cache

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, DCTERMS, MC, RDF, RDFS, SKOS


@cache
def mc(name: str) -> Term:
    """A term of our vocabulary."""
    return terms.iri(MC + name)


def code(name: str) -> Term:
    """A code of our lists."""
    return terms.iri(CODE + name)


TYPE = terms.iri(RDF + "type")
SUBCLASS = terms.iri(RDFS + "subClassOf")
LABEL = terms.iri(RDFS + "label")
PREFERRED = terms.iri(SKOS + "prefLabel")
TITLE = terms.iri(DCTERMS + "title")
NOTATION = terms.iri(SKOS + "notation")
SOURCE = terms.iri(DCTERMS + "source")
NAMES = (LABEL, PREFERRED, TITLE, NOTATION)

KINDS = {
    mc("MicroCredential"): "micro-credential",
    mc("Certification"): "certification",
    mc("Qualification"): "qualification",
    mc("Credential"): "credential",
}
"""Class to kind; the first that fits is the kind of a credential."""

RULE, EXEMPTION, AWARD, LEARNER, JOB = map(mc, ("StackingRule", "Exemption", "Award", "Learner", "JobTitle"))
UNIT, SKILL, SKILL_SET, LEVEL = map(mc, ("CompetencyUnit", "Skill", "SkillSet", "QualificationLevel"))
COMPETENT = code("result-competent")
