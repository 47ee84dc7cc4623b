"""Regular expressions of XPath (fn:matches): run by DuckDB where its RE2 gives the same answer, else by `regex` within a time bound."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import regex
from sqlglot import exp

from mcqms_kg.errors import RulebookError, Unsupported

SECONDS = 1.0
"""Time that one text may take to match a pattern that RE2 cannot run."""

_CLASSES = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r"[ \t\n\r]",
    "S": r"[^ \t\n\r]",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
}
_IN_BRACKETS = {"d": r"\p{Nd}", "D": r"\P{Nd}", "s": r" \t\n\r"}
_TOKEN = re.compile(
    r"\\p\{\^?[A-Z][a-z]?\}|\\P\{[A-Z][a-z]?\}|\\.|\[\^?\]?|\(\?:|\(\?|\{[0-9]+(?:,[0-9]*)?\}|.", re.DOTALL
)
_PLAIN_ESCAPES = set("nrt\\|.-^?*+{}()[]$/")


@dataclass(frozen=True)
class Search:
    """A pattern to be run outside SQL: on the texts that a query finds; the numbers of those that match go into a table."""

    table: str
    candidates: exp.Query
    pattern: str
    flags: str


def to_re2(pattern: str, flags: str) -> str | None:
    """The same expression for RE2, or nothing where it may not mean the same."""
    if "q" in flags:
        return _with_flags(re.sub(r"([\\|.^?*+{}()\[\]$])", r"\\\1", pattern), flags)
    if "x" in flags or set(flags) - set("imsq"):
        return None
    out: list[str] = []
    in_brackets = False
    for part in _TOKEN.findall(pattern):
        translated = _translated(part, in_brackets)
        if translated is None:
            return None
        if part[0] == "[":
            in_brackets = True
        elif part == "]":
            in_brackets = False
        out.append(translated)
    return _with_flags("".join(out), flags)


def _translated(part: str, in_brackets: bool) -> str | None:
    if in_brackets and (part[0] == "[" or part in ("(?:", "(?")):
        return None if part[0] == "[" else part
    if part == "(?" or (part.startswith("[") and part.endswith("]")):
        return None
    if part.startswith((r"\p{", r"\P{")):
        return part
    if part[0] != "\\":
        return part
    known = _IN_BRACKETS if in_brackets else _CLASSES
    return part if part[1] in _PLAIN_ESCAPES else known.get(part[1])


def _with_flags(pattern: str, flags: str) -> str:
    kept = "".join(sorted(set(flags) & set("ims")))
    return f"(?{kept}){pattern}" if kept else pattern


def searcher(pattern: str, flags: str) -> Callable[[str], bool]:
    """Whether a text matches; raises `RulebookError` for a pattern that is none, `Unsupported` where it takes too long."""
    subtracts = re.search(r"\[[^\]]*-\[", pattern)
    options = (regex.VERSION1 if subtracts else regex.VERSION0) | regex.UNICODE
    for flag in set(flags) & set("imsx"):
        options |= getattr(regex, flag.upper())
    try:
        written = regex.escape(pattern) if "q" in flags else pattern.replace("-[", "--[") if subtracts else pattern
        compiled = regex.compile(written, options)
    except regex.error as problem:
        raise RulebookError(
            f"The pattern {pattern!r} is not a regular expression: {problem}", remedy="Mend the pattern."
        ) from problem

    def matches(text: str) -> bool:
        try:
            return compiled.search(text, timeout=SECONDS) is not None
        except TimeoutError:
            raise Unsupported(f"The pattern {pattern!r} takes too long on a text of the data") from None

    return matches
