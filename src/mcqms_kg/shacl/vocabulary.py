"""The terms of SHACL and its neighbours that the engine reads."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import OWL, RDF, RDFS, SH, XSD


def sh(name: str) -> Term:
    """A term of the SHACL namespace."""
    return terms.iri(SH + name)


NIL = terms.iri(RDF + "nil")
TYPE = terms.iri(RDF + "type")
SUBCLASS = terms.iri(RDFS + "subClassOf")
CLASS = terms.iri(RDFS + "Class")
OWL_CLASS = terms.iri(OWL + "Class")
TRUE = terms.literal("true", datatype=XSD + "boolean")
FALSE = terms.literal("false", datatype=XSD + "boolean")
