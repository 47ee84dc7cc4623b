"""The IRIs of the register that code must name."""

from __future__ import annotations

from mcqms_kg.graph.terms import iri
from mcqms_kg.graph.vocabulary import code
from mcqms_kg.model import Grade, Term
from mcqms_kg.namespaces import RDF, RDFS, SH, SKOS


def sh(name: str) -> Term:
    """A term of the SHACL vocabulary."""
    return iri(SH + name)


RDF_TYPE = iri(RDF + "type")
RDFS_LABEL = iri(RDFS + "label")
PREF_LABEL = iri(SKOS + "prefLabel")
DEFINITION = iri(SKOS + "definition")
NOTATION = iri(SKOS + "notation")

GRADES = {code(f"grade-{grade.value}"): grade for grade in Grade}
SEVERITY_TERMS = {grade: sh(grade.severity.value) for grade in Grade}
GRADE_OF_SEVERITY_TERM = {term: grade for grade, term in SEVERITY_TERMS.items()}
