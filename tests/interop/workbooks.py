"""Workbooks for tests: our graphs as workbooks and back, small ones by hand, and raw packages."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop import workbook
from mcqms_kg.model import Taken, Triple, Wanted, Written
from mcqms_kg.settings import Settings

AS_OF = dt.date(2026, 6, 30)
BASE = "https://example.org/mine/"
SETTINGS = [["Address of the records", BASE]]


def exported(triples: Iterable[Triple], language: str = "en", csv: bool = False) -> Written:
    """The graph as a workbook."""
    options = {"csv": "yes"} if csv else {}
    return workbook.write(GraphIndex(triples), Wanted(AS_OF, language=language, options=options))


def kept(written: Written, folder: Path) -> Path:
    """The XLSX file, or the folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in written.files.items():
        (folder / name).write_bytes(content)
    return folder / "workbook.xlsx" if "workbook.xlsx" in written.files else folder


def read(path: Path) -> Taken:
    return workbook.read(path, path.name, Settings())


def read_back(written: Written, folder: Path) -> set[Triple]:
    return {stated.triple for stated in read(kept(written, folder)).stated}


def book(path: Path, sheets: Mapping[str, list[list[Any]]]) -> Path:
    """A workbook with these rows, as somebody else's program might write it."""
    made = openpyxl.Workbook()
    for unasked in made.worksheets:
        made.remove(unasked)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def package(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    """A ZIP archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def raw(sheet: str, *, title: str = "Risks", more: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet, whose rows are given as XML; without styles and shared texts."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return {
        "[Content_Types].xml": f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}worksheet+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetData>{sheet}</sheetData></worksheet>',
        **(more or {}),
    }


def inline(reference: str, text: str) -> str:
    """A cell as Google Sheets and others write texts."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
