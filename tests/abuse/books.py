"""Workbooks made to hurt, as bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from interop.workbooks import MAIN, inline, package, raw

_HEAD = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}</row>'
_DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _book(rows: str, more: dict[str, str | bytes] | None = None, dtd: str = "") -> bytes:
    parts = raw(_HEAD + rows, more=more)
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("?>", f"?>{dtd}", 1)
    with tempfile.TemporaryDirectory() as folder:
        return package(Path(folder) / "book.xlsx", parts).read_bytes()


BOOKS: dict[str, tuple[bytes, str]] = {
    "workbook with an external entity": (_book("", dtd=_DTD), "document type definition"),
    "workbook with macros": (_book("", {"xl/vbaProject.bin": b"x"}), "holds macros"),
    "workbook that unpacks to much": (_book("", {"xl/media/a.bin": b"\0" * 70_000_000}), "unpacks to more than"),
    "workbook of a billion cells": (
        _book("".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(2, 9000))),
        "too far to the right",
    ),
    "formula that runs a program": (
        _book(f'<row r="2">{inline("A2", "R")}<c r="B2"><f>cmd|"/c calc"!A1</f><v>1</v></c></row>'),
        "Risks!B2: It holds a formula",
    ),
    "link to another workbook": (
        _book("", {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>'}),
        "links to other files, which are not followed",
    ),
}
"""What each is, and what is said of it."""
