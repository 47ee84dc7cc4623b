"""The RDF payload of the Graph Store Protocol: one graph in a body, or several as the parts of a form."""

from __future__ import annotations

import email.policy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput

SYNTAXES: Mapping[str, str] = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
}
"""Media type to the ending of files in that syntax."""
MULTIPART = "multipart/form-data"
_MOST = 100


@dataclass(frozen=True)
class Payload:
    """Bytes that were sent, and the Content-Type they were sent with."""

    path: Path
    content_type: str

    def parts(self) -> Iterator[tuple[Path, str]]:
        """Files of one graph each, with their endings; raises `UnreadableInput` for a form that is none, or has other parts."""
        kind = self.content_type.partition(";")[0].strip().lower()
        if kind != MULTIPART:
            yield self.path, SYNTAXES[kind]
            return
        head = f"Content-Type: {self.content_type}\r\n\r\n".encode("latin-1")
        form = BytesParser(policy=email.policy.HTTP).parsebytes(head + self.path.read_bytes())
        parts = list(form.iter_parts()) if form.is_multipart() and not form.defects else []
        if not 0 < len(parts) <= _MOST:
            raise _unreadable(f"The body is no form of 1 to {_MOST} parts")
        for number, part in enumerate(parts):
            kind = part.get_content_type()
            if kind not in SYNTAXES:
                raise _unreadable(f"Part {number + 1} of the form is {kind}, which is not read")
            path = self.path.with_name(f"part{number}")
            content = part.get_payload(decode=True)
            path.write_bytes(content if isinstance(content, bytes) else b"")
            yield path, SYNTAXES[kind]


def _unreadable(what: str) -> UnreadableInput:
    return UnreadableInput(what, place=Place("the body"), remedy=f"Send: {', '.join(SYNTAXES)}.")
