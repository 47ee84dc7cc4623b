"""Comments put beside cells of a sheet, in the parts where spreadsheets keep them; comments of others stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape

from mcqms_kg.interop.workbook.grid import letters
from mcqms_kg.interop.workbook.marked_cells import split
from mcqms_kg.interop.workbook.parts import MAIN, RELATIONS, Parts
from mcqms_kg.interop.workbook.xml_text import Tag, inside, prefix, replaced, tags

AUTHOR = "mcqms"
LONGEST = 30_000
"""How much of a comment is kept; a cell's comment ends at 32,767 characters."""
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_NO_COMMENTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
).encode()
_NO_SHAPES = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    b' xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
    "AlternateContent",
)  # fmt: skip
"""What stands behind the drawing of comments in a sheet."""
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_NUMBER = re.compile(rb"_x0000_s([0-9]{1,9})")


def with_comments(parts: Parts, sheet: str, cells: Mapping[str, str]) -> None:
    """Puts the texts beside the cells of a sheet."""
    name = parts.of_kind(sheet, "comments")
    if name is None:
        name = parts.added("xl/comments", ".xml", _NO_COMMENTS)
        parts.relate(sheet, "comments", name)
        parts.declare(name, _COMMENTS_TYPE)
    new = _comments(parts, name, _beside_threads(parts, sheet, cells))
    if new:
        _shapes(parts, sheet, new)


def _beside_threads(parts: Parts, sheet: str, cells: Mapping[str, str]) -> Mapping[str, str]:
    """A conversation is kept in a part of its own, which would win over ours: what is said goes to the next free cell."""
    thread = parts.of_kind(sheet, "threadedComment")
    taken = {tag.attributes.get("ref", "") for tag in tags(parts[thread], "threadedComment")} if thread else set()
    found: dict[str, str] = {}
    for cell, text in cells.items():
        at, said = cell, text
        while at in taken:
            column, row = split(at)
            at, said = f"{letters(column + 1)}{row}", f"{cell}: {text}"
        found[at] = f"{found[at]}\n\n{said}" if at in found else said
    return found


def _comments(parts: Parts, name: str, cells: Mapping[str, str]) -> list[str]:
    """Writes the texts, and gives the cells that had no comment before."""
    content = parts[name]
    found = tags(content, "authors", "author", "commentList", "comment", "text", "rPh", "phoneticPr")
    authors, listed = (next(t for t in found if t.name == wanted) for wanted in ("authors", "commentList"))
    number = sum(tag.name == "author" for tag in found)
    p = prefix(content, listed).decode()
    had = {tag.attributes.get("ref", ""): tag for tag in found if tag.name == "comment"}
    changes = [inside(content, authors, f"<{p}author>{AUTHOR}</{p}author>".encode())]
    new = []
    for cell in sorted(cells, key=lambda one: split(one)[::-1]):
        text = escape(_fit(cells[cell]))
        if cell in had:
            changes.append(_behind_text(content, had[cell], found, p, text))
        else:
            new.append(cell)
    added = "".join(
        f'<{p}comment ref="{cell}" authorId="{number}"><{p}text><{p}t xml:space="preserve">{escape(_fit(cells[cell]))}'
        f"</{p}t></{p}text></{p}comment>"
        for cell in new
    )
    changes.append(inside(content, listed, added.encode()))
    parts.changed[name] = replaced(content, changes)
    return new


def _fit(text: str) -> str:
    clean = re.sub("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _behind_text(content: bytes, comment: Tag, found: list[Tag], p: str, text: str) -> tuple[int, int, bytes]:
    """What was said before stays, and ours stands below it."""
    new = f'<{p}r><{p}t xml:space="preserve">\n\n{AUTHOR}: {text}</{p}t></{p}r>'.encode()
    parts = [tag for tag in found if comment.start < tag.start < comment.end]
    phonetic = next((tag for tag in parts if tag.name in ("rPh", "phoneticPr")), None)
    if phonetic:
        return phonetic.start, phonetic.start, new
    return inside(content, next(tag for tag in parts if tag.name == "text"), new)


def _shapes(parts: Parts, sheet: str, cells: list[str]) -> None:
    """The boxes in which the new comments are shown."""
    name = _drawing(parts, sheet)
    content = parts[name]
    number = max((int(n) for n in _SHAPE_NUMBER.findall(content)), default=1024)
    kind = (
        "" if b'id="_x0000_t202"' in content else _SHAPE_TYPE.replace("<v:shapetype", f"<v:shapetype {_NAMESPACES}", 1)
    )
    boxes = "".join(_box(cell, number + n) for n, cell in enumerate(cells, start=1))
    end = content.rindex(b"</")
    parts.changed[name] = content[:end] + (kind + boxes).encode() + content[end:]


def _box(cell: str, number: int) -> str:
    column, row = split(cell)
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 4}, 15, {row + 6}, 4"
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202" '
        'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )


def _drawing(parts: Parts, sheet: str) -> str:
    """The part of the boxes, made and named in the sheet where there is none."""
    content = parts[sheet]
    named = next(iter(tags(content, "legacyDrawing")), None)
    if named:
        id_ = next(value for name, value in named.attributes.items() if name.rpartition(":")[2] == "id")
        return parts.relations(sheet)[id_][1]
    name = parts.added("xl/drawings/vmlDrawing", ".vml", _NO_SHAPES)
    id_ = parts.relate(sheet, "vmlDrawing", name)
    parts.declare_ending("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    found = tags(content, "worksheet", "sheetData", *_BEHIND)
    root = found[0]
    data = next(tag for tag in found if tag.name == "sheetData")
    behind = next((t for t in found if t.name in _BEHIND and len(t.path) == 1 and t.start >= data.end), None)
    new = f'<{prefix(content, root).decode()}legacyDrawing xmlns:r="{RELATIONS}" r:id="{id_}"/>'.encode()
    at = behind.start if behind else root.closed
    parts.changed[sheet] = content[:at] + new + content[at:]
    return name
