"""The OWL 2 datatype map (structural specification, section 4): it has no xsd:date."""

from __future__ import annotations

from mcqms_kg.graph.terms import iri
from mcqms_kg.namespaces import OWL, RDF, RDFS, XSD

# fmt: off
_XSD_NAMES = (
    "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger",
    "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "double", "float",
    "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN",
    "boolean", "hexBinary", "base64Binary", "anyURI", "dateTime", "dateTimeStamp",
)
# fmt: on

DATATYPE_MAP = frozenset(
    {iri(XSD + name) for name in _XSD_NAMES}
    | {
        iri(RDF + "PlainLiteral"),
        iri(RDF + "XMLLiteral"),
        iri(RDFS + "Literal"),
        iri(OWL + "real"),
        iri(OWL + "rational"),
    }
)
