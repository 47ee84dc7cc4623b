"""RDF terms, triples and texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NewType

Term = NewType("Term", str)
"""An RDF term in N-Triples syntax: `<iri>`, `_:label`, `"lexical"@lang`, `"lexical"^^<datatype>`. Lexical forms are kept as read."""

Triple = tuple[Term, Term, Term]
Quad = tuple[Term, Term, Term, Term | None]

Texts = Mapping[str, str]
"""Language tag to text; the empty tag holds a plain string."""
