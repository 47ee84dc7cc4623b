"""The terms of the ontology that pathways read, as terms."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.namespaces import DCTERMS, RDF, RDFS, SKOS

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
