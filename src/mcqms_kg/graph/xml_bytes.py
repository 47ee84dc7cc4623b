"""What a serializer writes as XML, so that others read from it what was meant, or a refusal by name.

The serializer writes characters that XML cannot hold, carriage returns that XML readers turn into line feeds, and for a property
whose IRI ends with no name an element without one.
"""

from __future__ import annotations

import re

from mcqms_kg.errors import Unsupported

_NEVER = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_NAMELESS = re.compile(rb'<oxprefix: xmlns:oxprefix="([^"]{0,300})')
_REMEDY = "Ask for Turtle, JSON-LD or N-Triples instead, or for JSON where it is a table."
_BEFORE = 320


class XmlBytes:
    """XML as it is written, piece by piece; what has to be seen may stand across two pieces."""

    def __init__(self) -> None:
        self._before = b""

    def fit(self, piece: bytes) -> bytes:
        """The piece with carriage returns that last; raises `Unsupported` for what XML cannot hold."""
        seen = self._before + piece
        if never := _NEVER.search(seen):
            code = ord(never[0].decode("utf-8"))
            raise Unsupported(f"XML cannot hold the character U+{code:04X}, which stands in a text", remedy=_REMEDY)
        if nameless := _NAMELESS.search(seen):
            iri = nameless[1].decode("utf-8", "replace")
            raise Unsupported(
                f"RDF/XML has no way to write the property <{iri}>, which ends with no name", remedy=_REMEDY
            )
        self._before = seen[-_BEFORE:]
        return piece.replace(b"\r", b"&#13;")


def fit_for_xml(content: bytes) -> bytes:
    """XML that was written whole; raises `Unsupported` for what XML cannot hold."""
    return XmlBytes().fit(content)
