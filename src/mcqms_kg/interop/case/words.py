"""Words of CASE packages: what kinds of items there are here, and identifiers."""

from __future__ import annotations

import re
import uuid

from mcqms_kg.graph import terms
from mcqms_kg.namespaces import DCTERMS

TITLE = {"en": "CASE", "id": "CASE"}
UNIT, ELEMENT, OUTCOME = "Unit Kompetensi", "Elemen Kompetensi", "Learning outcome"
"""The types of items that are written."""
OUTCOMES = "#outcomes"
"""What is added to the IRI of a credential for the document of its outcomes."""
PUBLISHER = terms.iri(DCTERMS + "publisher")


_UUID_AT_END = re.compile(r"[:/]([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)


def identifier(iri: str) -> str:
    """The UUID that an IRI ends with, as IRIs of CASE do, else one made from the IRI (version 5): the same for ever."""
    ending = _UUID_AT_END.match(iri, max(len(iri) - 37, 0))
    return ending[1].lower() if ending else str(uuid.uuid5(uuid.NAMESPACE_URL, iri))
