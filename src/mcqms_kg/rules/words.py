"""The IRIs of the register that code must name."""

from __future__ import annotations

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Grade, Term
from mcqms_kg.namespaces import CODE, MC, RDF, RDFS, SH, SKOS


def mc(name: str) -> Term:
    """A term of our namespace."""
    return iri(MC + name)


def sh(name: str) -> Term:
    """A term of the SHACL vocabulary."""
    return iri(SH + name)


def code(name: str) -> Term:
    """A concept of our code lists."""
    return iri(CODE + name)


RDF_TYPE = iri(RDF + "type")
RDFS_LABEL = iri(RDFS + "label")
PREF_LABEL = iri(SKOS + "prefLabel")
DEFINITION = iri(SKOS + "definition")
NOTATION = iri(SKOS + "notation")

GRADES = {code(f"grade-{grade.value}"): grade for grade in Grade}
SEVERITY_TERMS = {grade: sh(grade.severity.value) for grade in Grade}
GRADE_OF_SEVERITY_TERM = {term: grade for grade, term in SEVERITY_TERMS.items()}
