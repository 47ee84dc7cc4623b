"""Sheets that are about the workbook itself, and the settings on one of them."""

from __future__ import annotations

from collections.abc import Mapping

from mcqms_kg.interop.workbook.grid import Book, Cell, Grid, tidy
from mcqms_kg.interop.workbook.plan import Sheet
from mcqms_kg.interop.workbook.sheets import SHEETS
from mcqms_kg.model import Texts

READ_ME: Texts = {"en": "Read me", "id": "Baca dulu"}
SETTINGS: Texts = {"en": "Settings", "id": "Setelan"}
OTHER: Texts = {"en": "Other statements", "id": "Pernyataan lain"}
COLUMNS: Texts = {"en": "Columns", "id": "Kolom"}
LISTS: Texts = {"en": "Lists", "id": "Daftar"}
BASE: Texts = {"en": "Address of the records", "id": "Alamat catatan"}
PROVIDER: Texts = {"en": "Your organisation", "id": "Organisasi Anda"}
EXPLANATIONS = (READ_ME, COLUMNS, LISTS)
NOT_DATA = (SETTINGS, OTHER, *EXPLANATIONS)
"""Sheets that hold no things."""
NO_ADDRESS = "https://example.org/workbook/"
"""The address of records where a workbook says none."""


def of_title(title: str) -> Sheet | None:
    """The sheet of that title, in whichever language."""
    return _BY_TITLE.get(tidy(title).casefold())


def is_one_of(title: str, *titles: Texts) -> bool:
    """Whether a sheet's title is one of these, in whichever language."""
    return tidy(title).casefold() in {text.casefold() for texts in titles for text in texts.values()}


def settings(book: Book) -> Mapping[str, Cell]:
    """The cells of the settings by the English name of the setting."""
    found: dict[str, Cell] = {}
    for grid in book.grids:
        if is_one_of(grid.title, SETTINGS):
            for row in grid.rows.values():
                found |= _setting(row)
    return found


def other(book: Book) -> Grid | None:
    """The sheet of statements that no other sheet can carry."""
    return next((grid for grid in book.grids if is_one_of(grid.title, OTHER)), None)


def _setting(row: Mapping[int, Cell]) -> Mapping[str, Cell]:
    if 1 not in row or 2 not in row:
        return {}
    name = tidy(row[1].text).casefold()
    return {known["en"]: row[2] for known in (BASE, PROVIDER) if name in {text.casefold() for text in known.values()}}


_BY_TITLE: Mapping[str, Sheet] = {text.casefold(): sheet for sheet in SHEETS for text in sheet.title.values()}
