"""SPARQL text to tokens, by the terminals of its grammar, and tokens back to text in one spelling.

What is run is spelt from the tokens that were judged, so that the engine cannot read a string or a comment where we read none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mcqms_kg.errors import BadQuery, Place

_LETTERS = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MARKS = "\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_EXPONENT = r"[eE][+-]?[0-9]+"

IRI = r'<[^\x00-\x20<>"{}|^`\\]*>'
"""An IRI as it is written, as a regular expression."""


@lru_cache(maxsize=2)
def _terminals(ascii_only: bool) -> re.Pattern[str]:
    """The terminals as one expression. Letters beyond ASCII make it take long to compile, so there is one without them."""
    base, marks = ("A-Za-z", "") if ascii_only else (f"A-Za-z{_LETTERS}", _MARKS)
    start = f"{base}_0-9"
    char = f"{start}{marks}-"
    local = rf"(?:(?:[{start}:]|{_ESCAPED})(?:(?:[{char}.:]|{_ESCAPED})*(?:[{char}:]|{_ESCAPED}))?)"
    kinds = {
        "space": r"[ \t\r\n]+|#[^\r\n]*",
        "iri": IRI,
        "string": r"'''(?:'{0,2}(?:[^'\\]|\\[tbnrf\\\"']))*'''|\"\"\"(?:\"{0,2}(?:[^\"\\]|\\[tbnrf\\\"']))*\"\"\""
        r"|'(?:[^'\\\r\n]|\\[tbnrf\\\"'])*'|\"(?:[^\"\\\r\n]|\\[tbnrf\\\"'])*\"",
        "variable": rf"[?$][{start}][{start}{marks}]*",
        "blank": rf"_:[{start}](?:[{char}.]*[{char}])?",
        "name": rf"(?:[{base}](?:[{char}.]*[{char}])?)?:{local}?",
        "number": rf"[+-]?(?:[0-9]+\.[0-9]*{_EXPONENT}|\.[0-9]+{_EXPONENT}|[0-9]+{_EXPONENT}|[0-9]*\.[0-9]+|[0-9]+)",
        "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
        "word": r"[A-Za-z_][A-Za-z0-9_]*",
        "sign": r"\^\^|&&|\|\||!=|<=|>=|<<|>>|[{}()\[\].,;/|^?*+!=<>-]",
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


_CODEPOINT = re.compile(r"\\\\|\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_SPELT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


@dataclass(frozen=True)
class Token:
    """A piece of a query: its kind, its text, where it stands, and whether space or a comment came before it."""

    kind: str
    text: str
    line: int
    column: int
    apart: bool

    @property
    def word(self) -> str:
        """The keyword it may be, in capitals; nothing for other kinds."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def place(self) -> Place:
        return Place("query", self.line, self.column)


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a query, comments left out; raises `BadQuery` with the place where there is none."""
    return tuple(_tokens(_with_codepoints(text)))


def _tokens(text: str) -> Iterator[Token]:
    terminals = _terminals(text.isascii())
    position, line, line_start, apart = 0, 1, 0, True
    while position < len(text):
        match = terminals.match(text, position)
        if match is None:
            raise BadQuery(
                f"{text[position]!r} cannot stand here", place=Place("query", line, position - line_start + 1)
            )
        kind, found = str(match.lastgroup), match[0]
        if kind == "space":
            apart = True
        else:
            spelt = _one_spelling(found) if kind == "string" else found
            yield Token(kind, spelt, line, position - line_start + 1, apart)
            apart = False
        line += found.count("\n")
        if "\n" in found:
            line_start = position + found.rindex("\n") + 1
        position = match.end()


def spell(tokens: Sequence[Token]) -> str:
    """The tokens as a query on one line: no comment, no line break, every string in one form of quotes."""
    return "".join(f"{' ' if token.apart else ''}{token.text}" for token in tokens).lstrip()


def token_at(tokens: Sequence[Token], column: int) -> Token | None:
    """The token that stands at a column, counted from 1, of the spelt query; the last where it ends before."""
    end = -1 if tokens and tokens[0].apart else 0
    for token in tokens:
        end += len(token.text) + token.apart
        if end >= column:
            return token
    return tokens[-1] if tokens else None


def _with_codepoints(text: str) -> str:
    """The text with `\\uXXXX` replaced, as the specification asks before anything is read."""

    def character(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        if code is None:
            return match[0]
        number = int(code, 16)
        if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            raise BadQuery(f"{match[0]} is no character")
        return chr(number)

    return _CODEPOINT.sub(character, text)


def _one_spelling(quoted: str) -> str:
    width = 3 if quoted[:3] in ("'''", '"""') and len(quoted) >= 6 else 1
    content = re.sub(r"\\(.)", lambda match: _PLAIN[match[1]], quoted[width:-width])
    return '"' + "".join(_SPELT.get(character, character) for character in content) + '"'
