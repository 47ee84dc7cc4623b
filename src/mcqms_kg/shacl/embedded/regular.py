"""Regular expressions that mean the same to the embedded store as to XPath."""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from mcqms_kg.shacl.patterns import to_re2

_OTHERWISE = re.compile(r"\\[sSwW]|&&|--|~~")
"""White space and words are other characters to the store, and these pairs work on sets."""


def same_pattern(pattern: str, flags: str) -> bool:
    """Whether the store matches by this pattern as XPath does; one too long for it, it would pass over in silence."""
    if set(flags) - set("ims") or to_re2(pattern, flags) is None or _OTHERWISE.search(pattern):
        return False
    return _said(pattern, flags) is not None


def same_replacement(pattern: str, replacement: str, flags: str) -> bool:
    """The same for replacing: groups are named otherwise, and what matches the empty text is an error to XPath."""
    return same_pattern(pattern, flags) and not set(replacement) & set("$\\") and _said(pattern, flags) == "false"


@lru_cache(maxsize=512)
def _said(pattern: str, flags: str) -> str | None:
    """What the store says of the pattern and the empty text."""
    store = ox.Store()
    node = ox.NamedNode("urn:x-mcqms:any")
    store.extend(ox.Quad(node, ox.NamedNode(f"urn:x-mcqms:{n}"), ox.Literal(t)) for n, t in enumerate((pattern, flags)))
    asked = "SELECT (REGEX('', ?p, ?f) AS ?said) WHERE { ?s <urn:x-mcqms:0> ?p ; <urn:x-mcqms:1> ?f }"
    found = store.query(asked)
    said = next(iter(found))["said"] if isinstance(found, ox.QuerySolutions) else None
    return None if said is None else said.value
