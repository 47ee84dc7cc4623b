"""JSON-LD in web pages: the scripts in which pages tell search engines what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MARKS = re.compile(rb"<!--|<script\b([^>]{0,2000})>", re.IGNORECASE)
_LD_JSON = re.compile(rb"\btype\s*=\s*[\"']?application/ld\+json\b", re.IGNORECASE)
_END = re.compile(rb"</script", re.IGNORECASE)
_INLINE = re.compile(rb"\b(itemtype|vocab)\s*=\s*[\"']?https?://(www\.)?schema\.org", re.IGNORECASE)


def is_page(content: bytes) -> bool:
    """Whether the content looks like HTML rather than JSON."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def scripts(page: bytes) -> Iterator[bytes]:
    """The JSON-LD of the page, script by script; what is commented out is no part of it."""
    at = 0
    while mark := _MARKS.search(page, at):
        if mark[0] == b"<!--":
            end = page.find(b"-->", mark.end())
            at = len(page) if end < 0 else end
            continue
        ends = _END.search(page, mark.end())
        if ends is None:
            return
        if _LD_JSON.search(mark[1]):
            yield page[mark.end() : ends.start()]
        at = ends.end()


def says_otherwise(page: bytes) -> bool:
    """Whether the page uses schema.org in its elements too (microdata or RDFa), which is not read."""
    return bool(_INLINE.search(page))
