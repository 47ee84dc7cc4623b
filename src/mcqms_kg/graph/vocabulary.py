"""Terms of our ontology and of our code lists, by their local names."""

from __future__ import annotations

from functools import cache

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, MC


@cache
def mc(name: str) -> Term:
    """A class or property of the ontology: `mc("MicroCredential")`."""
    return terms.iri(MC + name)


def code(name: str) -> Term:
    """A concept of the code lists: `code("stage-design")`."""
    return terms.iri(CODE + name)
