"""Blocks of text and tables as a PDF: accessible and fit to be archived (PDF/UA-1, PDF/A-2a), the same bytes for the same blocks.

The page is laid out by Typst with the fonts that it brings. Texts are handed over as data, so nothing of them is markup;
a character that none of these fonts draws is written by its number.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.report.words import visible

Block = dict[str, Any]
TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_BREAK = "\x1f"
_LONG_WORD = re.compile(r"\S{12,}")
_AFTER_MARK = re.compile(r"([/#?&=:;,._|-]+)(?=\S)")
_LONG_RUN = re.compile(r"[^\x1f]{28,}")
_PIECE = re.compile(r".{8}(?=.)")
_NOT_DRAWN = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_MOST_TRIES = 8
_LONGEST = 4_000
"""Characters of one text; of the others only their number is told."""


def heading(level: int, text: str, state: str = "") -> Block:
    return {"kind": "heading", "level": level, "text": text, **({"state": state} if state else {})}


def paragraph(text: str) -> Block:
    return {"kind": "text", "text": text}


def banner(text: str, state: str) -> Block:
    """What counts most, in the colour of its state."""
    return {"kind": "banner", "text": text, "state": state}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Names and texts side by side; those without a text are left out."""
    return {"kind": "facts", "rows": [[name, text] for name, text in rows if text]}


def table(columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]) -> Block:
    """Columns share the width by their numbers; 0 is as wide as what stands in it."""
    names, widths = zip(*columns, strict=True)
    return {"kind": "table", "columns": list(names), "widths": list(widths), "rows": [list(row) for row in rows]}


def laid_out(blocks: Sequence[Block], *, title: str, footer: str, language: str, day: dt.date) -> bytes:
    """The PDF. Raises `Unsupported` where it cannot be made."""
    import typst  # not installed with the rest: only where a PDF is made

    about: Block = {"footer": footer, "language": language, "blocks": list(blocks)}
    about |= {"year": day.year, "month": day.month, "day": day.day}
    unknown: dict[str, str] = {}
    for _ in range(_MOST_TRIES):
        ready = {"title": visible(title), **_ready(about, unknown)}
        given = json.dumps(ready, ensure_ascii=False)
        try:
            return _compiled(given)
        except typst.TypstError as problem:
            missing = set("".join(_NOT_DRAWN.findall(problem.diagnostic))) - unknown.keys()
            missing = {character for character in missing if not character.isascii()}
            if not missing:
                raise Unsupported(f"The PDF cannot be made: {problem.message}", remedy="Write html.") from problem
            unknown |= {character: f"[U+{ord(character):04X}]" for character in missing}
    raise Unsupported("The PDF cannot be made: too many characters cannot be drawn", remedy="Write html.")


def _compiled(given: str) -> bytes:
    import typst

    made: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        format="pdf",
        sys_inputs={"report": given},
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
    )
    return made


def _ready(value: Any, unknown: Mapping[str, str]) -> Any:
    """The value with every text fit for the page."""
    if isinstance(value, str):
        return _fit(value, unknown)
    if isinstance(value, Mapping):
        return {key: inside if key in ("kind", "state") else _ready(inside, unknown) for key, inside in value.items()}
    return [_ready(inside, unknown) for inside in value] if isinstance(value, list) else value


def _fit(text: str, unknown: Mapping[str, str]) -> str:
    rest = len(text) - _LONGEST
    shown = visible(text if rest <= 0 else f"{text[:_LONGEST]}… [+{rest}]")
    if unknown:
        shown = "".join(unknown.get(character, character) for character in shown)
    return _LONG_WORD.sub(lambda match: _breakable(match[0]), shown)


def _breakable(word: str) -> str:
    """A long word with marks where it may break: after what parts an address, and anywhere where it is no word at all."""
    marked = _AFTER_MARK.sub(rf"\1{_BREAK}", word)
    return _LONG_RUN.sub(lambda run: _PIECE.sub(rf"\g<0>{_BREAK}", run[0]), marked)
