"""Regular expressions of XPath (fn:matches): run by DuckDB where its RE2 gives the same answer, else by `shacl.searching`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import exp

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
_MOST_REPEATS = 1000
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
    if set(flags) - set("imsqx"):
        return None
    out: list[str] = []
    in_brackets = False
    for part in _TOKEN.findall(without_space(pattern) if "x" in flags else pattern):
        translated = _translated(part, in_brackets)
        if translated is None:
            return None
        if part[0] == "[":
            in_brackets = True
        elif part == "]":
            in_brackets = False
        out.append(translated)
    return _with_flags("".join(out), flags)


def without_space(pattern: str) -> str:
    """The pattern as flag `x` has it: white space counts only in brackets."""
    return re.sub(r"(\\.|\[(?:\\.|[^\]\\])*\])|[ \t\n\r]", lambda found: found[1] or "", pattern)


def _translated(part: str, in_brackets: bool) -> str | None:
    if in_brackets and (part[0] == "[" or part in ("(?:", "(?")):
        return None if part[0] == "[" else part
    if _repeats_beyond_bounds(part) or part == "(?" or (part.startswith("[") and part.endswith("]")):
        return None
    if part.startswith((r"\p{", r"\P{")):
        return part
    if part[0] != "\\":
        return part
    known = _IN_BRACKETS if in_brackets else _CLASSES
    return part if part[1] in _PLAIN_ESCAPES else known.get(part[1])


def _repeats_beyond_bounds(part: str) -> bool:
    """RE2 counts to a thousand."""
    return part[0] == "{" and any(int(number) > _MOST_REPEATS for number in re.findall("[0-9]+", part))


def _with_flags(pattern: str, flags: str) -> str:
    kept = "".join(sorted(set(flags) & set("ims")))
    return f"(?{kept}){pattern}" if kept else pattern
