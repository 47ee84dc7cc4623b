"""The tokens of a query as far as its text must be changed: texts, IRIs and comments are left alone."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n\r]|\\.)*"'
    r"|'(?:[^'\\\n\r]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|#[^\n\r]*"
    r"|[?$]?[A-Za-z_][\w-]*:?"
    r"|[{}]",
    re.DOTALL,
)
_SPACE_BEFORE_SIGN = re.compile(r"(?<=[\w)>])[ \t\r\n]+(?=[*+?][ \t\r\n])")


def closed_up(text: str) -> str:
    """The query without white space before `*`, `+` and `?`, where rdflib does not take it after a path; it never matters."""
    if not _SPACE_BEFORE_SIGN.search(text):
        return text
    kept = [found.span() for found in TOKEN.finditer(text) if found[0][0] in "\"'#<"]
    parts, end = [], 0
    for space in _SPACE_BEFORE_SIGN.finditer(text):
        if not any(begin < space.start() < stop for begin, stop in kept):
            parts.append(text[end : space.start()])
            end = space.end()
    return "".join((*parts, text[end:]))
