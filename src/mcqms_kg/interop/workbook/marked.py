"""The same XLSX file with some cells marked: only what must change in its parts is changed, all else stays byte by byte.

openpyxl would lose what it does not know (drawings, newer kinds of comments, extensions), so the parts are patched as text.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from defusedxml.ElementTree import fromstring

from mcqms_kg.interop.workbook.comments import with_comments
from mcqms_kg.interop.workbook.marked_cells import with_marked_cells
from mcqms_kg.interop.workbook.marked_styles import EMPTY, Styles
from mcqms_kg.interop.workbook.marking import Mark
from mcqms_kg.interop.workbook.package import check_package
from mcqms_kg.interop.workbook.parts import BOOK, RELATIONS, Parts

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def write_marked(book: Path, marks: Iterable[Mark], out: Path) -> None:
    """Writes the workbook with the marks to another file."""
    check_package(book, str(book))
    by_sheet: dict[str, dict[str, str]] = defaultdict(dict)
    for mark in marks:
        before = by_sheet[mark.sheet].get(mark.cell)
        by_sheet[mark.sheet][mark.cell] = f"{before}\n\n{mark.text}" if before else mark.text
    with zipfile.ZipFile(book) as archive:
        parts = Parts(archive)
        _mark(parts, by_sheet)
        parts.write(out)


def _mark(parts: Parts, by_sheet: Mapping[str, Mapping[str, str]]) -> None:
    if not by_sheet:
        return
    titles, name = _sheets(parts), _styles(parts)
    styles = Styles(parts[name])
    for title, cells in by_sheet.items():
        part = titles[title]
        parts.changed[part] = with_marked_cells(parts[part], cells, styles)
        with_comments(parts, part, cells)
    if styles.is_changed:
        parts.changed[name] = styles.written()


def _styles(parts: Parts) -> str:
    name = parts.of_kind(BOOK, "styles")
    if name is None:
        name = "xl/styles.xml"
        parts.changed[name] = EMPTY
        parts.relate(BOOK, "styles", name)
        parts.declare(name, _STYLES_TYPE)
    return name


def _sheets(parts: Parts) -> Mapping[str, str]:
    """The part of each sheet by its title."""
    relations = parts.relations(BOOK)
    sheets = [one for one in fromstring(parts[BOOK]).iter() if one.tag.rpartition("}")[2] == "sheet"]
    return {one.get("name", ""): relations[one.get(f"{{{RELATIONS}}}id", "")][1] for one in sheets}
