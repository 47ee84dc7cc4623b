"""Regular expressions of XPath that RE2 cannot run, run by `regex` within bounds of time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator

import regex

from mcqms_kg.errors import RulebookError
from mcqms_kg.shacl.patterns import without_space

SECONDS = 1.0
"""Time that one text may take."""
SECONDS_EACH = 0.002
"""Time that a text may take in the long run: a thousand slow ones are as bad as one that never ends."""

_START = r":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-\u1fff‌-‍⁰-↏Ⰰ-\u2fef、-\ud7ff豈-﷏ﷰ-�𐀀-\U000effff"
_NAME = _START + r"\-.0-9·̀-ͯ‿-⁀"
_SETS = {
    "d": r"\p{Nd}",
    "s": r" \t\n\r",
    "w": r"^\p{P}\p{Z}\p{C}",
    "i": _START,
    "c": _NAME,
}
_TOKEN = re.compile(r"\\[pP]\{[^}]*\}|\\.|-\[|.", re.DOTALL)


class Slow(RulebookError):
    """A pattern takes too long, and no other engine has a bound: nothing decides the shape."""


def compiled(pattern: str, flags: str) -> regex.Pattern[str]:
    """The expression for `regex`; raises `RulebookError` for a pattern that is none."""
    options = regex.VERSION1
    for flag in set(flags) & set("ims"):
        options |= getattr(regex, flag.upper())
    written = regex.escape(pattern) if "q" in flags else _written(pattern, flags)
    try:
        return regex.compile(f"(?-f:{written})", options)
    except regex.error as problem:
        raise RulebookError(
            f"The pattern {pattern!r} is not a regular expression: {problem}", remedy="Mend the pattern."
        ) from problem


def _written(pattern: str, flags: str) -> str:
    out: list[str] = []
    depth = 0
    for part in _TOKEN.findall(without_space(pattern) if "x" in flags else pattern):
        if part == "-[" and depth:
            out.append("--[")
        elif part[0] == "\\":
            out.append(_escape(part))
        elif depth:
            out.append(f"\\{part}" if part in "[|&~" else part)
        elif part == "$" and "m" not in flags:
            out.append(r"\Z")
        else:
            out.append(part)
        depth += (part in ("[", "-[") and (not depth or part == "-[")) - (part == "]" and depth > 0)
    return "".join(out)


def _escape(part: str) -> str:
    letter = part[1]
    if letter in "pP":
        return part.replace("{Is", "{In")
    if letter.lower() not in _SETS:
        return part
    wanted = _SETS[letter.lower()]
    if letter.isupper():
        wanted = wanted.removeprefix("^") if wanted[0] == "^" else f"^{wanted}"
    return f"[{wanted}]"


def matching(pattern: str, flags: str, texts: Iterable[tuple[int, str | None]]) -> Iterator[int]:
    """The numbers of the texts that match. Raises `Slow` where a text, or all of them together, take too long."""
    search = compiled(pattern, flags).search
    allowed = time.monotonic() + SECONDS
    for number, text in texts:
        allowed += SECONDS_EACH
        if text is None:
            continue
        try:
            found = search(text, timeout=SECONDS)
        except TimeoutError:
            raise _slow(pattern) from None
        if time.monotonic() > allowed:
            raise _slow(pattern)
        if found:
            yield number


def _slow(pattern: str) -> Slow:
    return Slow(
        f"The pattern {pattern!r} takes too long on the texts of the data", remedy="Write one that needs no retries."
    )
