"""A sheet with some cells in the colour of marked cells; a cell that was empty is put where it belongs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from mcqms_kg.interop.workbook.grid import letters
from mcqms_kg.interop.workbook.marked_styles import Styles
from mcqms_kg.interop.workbook.xml_text import Tag, inside, prefix, replaced, tags, with_attribute

_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


def with_marked_cells(content: bytes, cells: Collection[str], styles: Styles) -> bytes:
    """The part of the sheet with these cells marked."""
    found = tags(content, "row", "c", "sheetData")
    rows: dict[int, Tag] = {}
    for row in (tag for tag in found if tag.name == "row"):
        rows[int(row.attributes.get("r", max(rows, default=0) + 1))] = row
    by_row = _cells_of(found, rows)
    changes: list[tuple[int, int, bytes]] = []
    for reference in sorted(cells):
        column, number = split(reference)
        if number in rows:
            changes += _marked(content, rows[number], by_row[number], column, number, styles)
    return replaced(content, _merged(changes))


def split(reference: str) -> tuple[int, int]:
    """Column and row of a cell, counted from 1."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return 1, 1
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(match[2])


def _cells_of(found: list[Tag], rows: dict[int, Tag]) -> dict[int, dict[int, Tag]]:
    """The cells of each row by column; one without a reference stands behind the one before it."""
    by_row: dict[int, dict[int, Tag]] = {number: {} for number in rows}
    order = iter(sorted(rows.items(), key=lambda item: item[1].start))
    number, row = next(order, (0, None))
    for cell in (tag for tag in found if tag.name == "c"):
        while row is not None and cell.start >= row.end:
            number, row = next(order, (0, None))
        if row is None:
            break
        known = by_row[number]
        column = split(cell.attributes["r"])[0] if "r" in cell.attributes else max(known, default=0) + 1
        known[column] = cell
    return by_row


def _marked(
    content: bytes, row: Tag, cells: dict[int, Tag], column: int, number: int, styles: Styles
) -> Iterator[tuple[int, int, bytes]]:
    if column in cells:
        cell = cells[column]
        style = styles.marked(int(cell.attributes.get("s", row.attributes.get("s", "0"))))
        yield cell.start, cell.opened, with_attribute(content[cell.start : cell.opened], "s", str(style))
        return
    if any("r" not in cell.attributes for cell in cells.values()):
        return  # cells that go by their order cannot have another put between them
    style = styles.marked(int(row.attributes.get("s", "0")))
    name = prefix(content, row).decode() + "c"
    new = f'<{name} r="{letters(column)}{number}" s="{style}"/>'.encode()
    behind = [cell for at, cell in sorted(cells.items()) if at > column]
    yield (behind[0].start, behind[0].start, new) if behind else inside(content, row, new)


def _merged(changes: list[tuple[int, int, bytes]]) -> Iterator[tuple[int, int, bytes]]:
    """Several cells put into one row without any are one change."""
    seen: dict[tuple[int, int], bytes] = {}
    for begin, end, new in changes:
        if (begin, end) in seen and begin != end:
            close = new[new.rindex(b"</") :]
            cell = new[new.index(b">") + 1 : new.rindex(b"</")]
            seen[begin, end] = seen[begin, end].removesuffix(close) + cell + close
        else:
            seen[begin, end] = seen.get((begin, end), b"") + new
    for (begin, end), new in seen.items():
        yield begin, end, new
