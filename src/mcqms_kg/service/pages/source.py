"""A part of a file for reading, with the numbers of its lines; however large the file is, little of it is held."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

BEFORE, AFTER, LONGEST = 15, 60, 600
_MOST_BYTES = 512 * 1024 * 1024
_LOOKED_AT = 4096


@dataclass(frozen=True)
class Excerpt:
    """Lines by number; nothing where the file is no text. A line that is too long is cut, and `is_cut` says so."""

    lines: tuple[tuple[int, str, bool], ...]
    has_more: bool
    is_text: bool = True


def excerpt(path: Path, line: int, before: int = BEFORE, after: int = AFTER) -> Excerpt:
    """The lines around one, from the first where it is among them."""
    with path.open("rb") as stream:
        if b"\0" in stream.read(_LOOKED_AT) or path.stat().st_size > _MOST_BYTES:
            return Excerpt((), False, False)
        stream.seek(0)
        first = max(1, line - before)
        taken = list(islice(enumerate(stream, 1), first - 1, line + after))
        has_more = bool(stream.read(1))
    shown = tuple((number, _text(content), len(content) > LONGEST) for number, content in taken)
    return Excerpt(shown, has_more)


def _text(content: bytes) -> str:
    return content[:LONGEST].decode("utf-8", errors="replace").rstrip("\r\n")
