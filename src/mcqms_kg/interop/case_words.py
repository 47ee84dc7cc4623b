"""Words of CASE packages: what kinds of items there are here, and identifiers."""

from __future__ import annotations

import uuid

from mcqms_kg.graph import terms
from mcqms_kg.namespaces import DCTERMS

TITLE = {"en": "CASE", "id": "CASE"}
UNIT, ELEMENT, OUTCOME = "Unit Kompetensi", "Elemen Kompetensi", "Learning outcome"
"""The types of items that are written."""
OUTCOMES = "#outcomes"
"""What is added to the IRI of a credential for the document of its outcomes."""
PUBLISHER = terms.iri(DCTERMS + "publisher")


def identifier(iri: str) -> str:
    """The UUID (version 5) of what has this IRI: the same for ever."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))
