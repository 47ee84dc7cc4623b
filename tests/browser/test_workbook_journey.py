"""A quality officer with a workbook, on a phone, in Indonesian: what cannot be read, cell by cell, then what must be done and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl

from browser.conftest import SIZES
from browser.looks import overflow, problems
from browser.moves import checked, follow
from browser.stage import DAY, Stage
from browser.test_journeys import sign_in
from mcqms_kg import operations

if TYPE_CHECKING:
    from playwright.sync_api import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Mapping[str, Mapping[str, str | int]]
MENDED: Rows = {
    "Organisasi": {"ID": "POLTEK", "Jenis": "Penyelenggara", "Nama (id)": "Politeknik Bahari", "Negara": "ID"},
    "Mikro-kredensial": {"ID": "MK-1", "Nama (id)": "Navigasi kapal kecil", "Beban belajar dalam jam": 60},
    "Bukti": {"ID": "B-1", "Nama (id)": "Berita acara"},
}
FAULTY: Rows = {
    "Organisasi": {**MENDED["Organisasi"], "Jenis": ""},
    "Mikro-kredensial": {**MENDED["Mikro-kredensial"], "Beban belajar dalam jam": "enam puluh"},
    "Bukti": {**MENDED["Bukti"], "Tanggal akhir berlaku": "31/02/2026", "Diterbitkan oleh": "TIDAK-ADA"},
}


def workbook(rows: Rows) -> bytes:
    """The empty workbook with these rows, each the first of its sheet."""
    empty = operations.new_workbook(language="id", base="https://example.org/poltek/").files["workbook.xlsx"]
    book = openpyxl.load_workbook(BytesIO(empty))
    book["Setelan"].cell(2, 2).value = "POLTEK"
    for sheet, row in rows.items():
        columns = {str(cell.value): int(cell.column or 0) for cell in book[sheet][1]}
        for name, value in row.items():
            book[sheet].cell(2, columns[name]).value = value or None
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_from_a_faulty_workbook_to_the_cell_in_which_to_begin(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown, "Paul", "id")
    tab.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    _drop(tab, workbook(FAULTY))
    faults = tab.get_by_role("alert").inner_text()
    assert set(re.findall(r"\S+![A-Z]+\d+", faults)) == {
        "Organisasi!B2",
        "Mikro-kredensial!F2",
        "Bukti!D2",
        "Bukti!F2",
    }
    assert (
        tab.locator("[role=alert] [data-label='Cara memperbaiki']").count() == 4
        and not problems(tab)
        and overflow(tab) <= 1
    )
    _drop(tab, workbook(MENDED))
    follow(tab, tab.locator("section[aria-labelledby=verdict-title] a.button"))
    tasks = tab.locator(".tasks tbody tr")
    assert tasks.count() > 20 and "Politeknik Bahari" in tab.locator("h1").inner_text()
    assert "Organisasi!A2" in tab.locator(".tasks").inner_text()
    follow(tab, tasks.locator("a"))
    assert "Cara memperbaiki" in tab.locator("main").inner_text()
    assert tab.locator(".sheet td.meant").inner_text() == "POLTEK"
    assert not problems(tab) and overflow(tab) <= 1


def _drop(tab: Page, content: bytes) -> None:
    tab.goto("/check")
    tab.set_input_files("#data", {"name": "buku.xlsx", "mimeType": XLSX, "buffer": content})
    tab.fill("#as-of-files", DAY)
    checked(tab, tab.locator("form[action='/check'] button"))
