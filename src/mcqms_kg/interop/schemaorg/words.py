"""Words of schema.org that are used here."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.namespaces import CODE

CONTEXT = "https://schema.org"
TITLE = {"en": "schema.org", "id": "schema.org"}
COURSE = "#course"
"""What is added to the IRI of a credential for the course that leads to it."""
CATEGORIES = {"MicroCredential": "Micro-credential", "Certification": "Certification", "Qualification": "Degree"}
MODES = {
    terms.iri(CODE + "participation-online"): "online",
    terms.iri(CODE + "participation-on-site"): "onsite",
    terms.iri(CODE + "participation-blended"): "blended",
}
"""Our code to the word that search engines know."""
