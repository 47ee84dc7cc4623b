"""The styles of a workbook with more of them: each style that is needed once more, in the colour of marked cells."""

from __future__ import annotations

from mcqms_kg.interop.workbook.xml_text import Tag, counted, inside, prefix, replaced, tags, with_attribute

COLOUR = "FFFFC7CE"
EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""The styles of a workbook that has none."""


class Styles:
    """The part about styles; it grows as marked styles are asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        found = tags(content, "fills", "fill", "cellXfs", "xf")
        self._fills = next(tag for tag in found if tag.name == "fills")
        self._formats = next(tag for tag in found if tag.name == "cellXfs")
        self._fill = sum(tag.name == "fill" and tag.path[-1] == "fills" for tag in found)
        self._each: list[Tag] = [tag for tag in found if tag.name == "xf" and tag.path[-1] == "cellXfs"]
        self._marked: dict[int, tuple[int, bytes]] = {}

    def marked(self, style: int) -> int:
        """The style of that number in the colour of marked cells."""
        if style not in self._marked:
            number = len(self._each) + len(self._marked)
            self._marked[style] = (number, self._coloured(style))
        return self._marked[style][0]

    @property
    def is_changed(self) -> bool:
        return bool(self._marked)

    def written(self) -> bytes:
        """The part with the styles that were asked for."""
        new = b"".join(style for _, style in self._marked.values())
        p = prefix(self._content, self._fills).decode()
        fill = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{COLOUR}"/><{p}bgColor indexed="64"/>'
            f"</{p}patternFill></{p}fill>"
        ).encode()
        changes = [
            counted(self._content, self._fills, 1),
            inside(self._content, self._fills, fill),
            counted(self._content, self._formats, len(self._marked)),
            inside(self._content, self._formats, new),
        ]
        return replaced(self._content, changes)

    def _coloured(self, style: int) -> bytes:
        if style >= len(self._each):
            return f'<{prefix(self._content, self._formats).decode()}xf fillId="{self._fill}" applyFill="1"/>'.encode()
        tag = self._each[style]
        start = self._content[tag.start : tag.opened]
        coloured = with_attribute(with_attribute(start, "fillId", str(self._fill)), "applyFill", "1")
        return coloured + self._content[tag.opened : tag.end]
