"""An XLSX file as a package of parts, looked through before anything reads it: what is too large, hidden or no XLSX is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from mcqms_kg.errors import McqmsError, Place, UnreadableInput, Unsupported
from mcqms_kg.interop.zips import BROKEN, PLAIN_WAYS
from mcqms_kg.settings import MEBIBYTE

LARGEST_FILE = 32 * MEBIBYTE
LARGEST_PART = 64 * MEBIBYTE
LARGEST_WHOLE = 160 * MEBIBYTE
MOST_PARTS = 2000
MOST_SHEETS = 256
MOST_CELLS = 1_000_000
MOST_ROWS = 2_000_000
MOST_ROOM = 20_000_000
"""What the rows of all sheets reach to in cells: a reader makes room for the empty ones to the left too."""
MOST_ELEMENTS = 8_000_000
LARGEST_SMALL_PART = 8 * MEBIBYTE
"""What a part about styles, sheets or relations may unpack to."""
DEEPEST = 64
_SHEET = re.compile(r"xl/worksheets/[^/]+[.]xml", re.IGNORECASE)
_SMALL = re.compile(r"xl/(workbook|styles)[.]xml|\[content_types\][.]xml|.*[.]rels|docprops/.*", re.IGNORECASE)
_XML = (".xml", ".rels")  # not VML, which Excel writes with unclosed tags, and which nobody reads here
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Save it in your spreadsheet program as an Excel workbook (.xlsx)."
_LETTERS = re.compile("([A-Za-z]{1,3})[0-9]{1,7}")


def check_package(path: Path, called: str) -> None:
    """Raises `UnreadableInput` for a package that is damaged or asks for too much, `Unsupported` for one of another kind."""
    if path.suffix.lower() not in ("", ".xlsx"):
        raise _unsupported(called, f"A workbook that ends with {path.suffix} cannot be read", _SAVE_AS)
    _refuse_old(path, called)
    try:
        with zipfile.ZipFile(path) as archive:
            _Look(called).through(archive)
    except McqmsError:
        raise
    except BROKEN as problem:
        raise UnreadableInput(
            f"The workbook is damaged: {problem}", place=Place(called), remedy="Save it anew and hand it in again."
        ) from problem


def _refuse_old(path: Path, called: str) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as problem:
        raise UnreadableInput(
            f"The file cannot be read: {problem.strerror}", place=Place(called), remedy="Check its name and rights."
        ) from problem
    if size > LARGEST_FILE:
        raise _too_much(called, f"The workbook is larger than {LARGEST_FILE // MEBIBYTE} MiB")
    if head == _OLD:
        raise _unsupported(called, "The workbook is protected by a password, or of an Excel before 2007", _SAVE_AS)
    if not head.startswith(b"PK"):
        raise UnreadableInput("The file is no Excel workbook", place=Place(called), remedy=_SAVE_AS)


class _Look:
    """Looks through one package and counts along."""

    def __init__(self, called: str) -> None:
        self.called = called
        self.cells = self.rows = self.room = self.widest = self.elements = self.depth = 0

    def through(self, archive: zipfile.ZipFile) -> None:
        infos = archive.infolist()
        names = {info.filename.lower() for info in infos}
        if len(infos) > MOST_PARTS or len(names) != len(infos):
            raise _too_much(self.called, f"The workbook has more than {MOST_PARTS} parts, or one twice")
        for info in infos:
            if info.flag_bits & 1 or info.compress_type not in PLAIN_WAYS:
                raise _unsupported(self.called, "The workbook is encrypted, or packed in an unusual way", _SAVE_AS)
            most = LARGEST_SMALL_PART if _SMALL.fullmatch(info.filename) else LARGEST_PART
            if info.file_size > most:
                raise _too_much(self.called, f"{info.filename[:100]} unpacks to more than {most // MEBIBYTE} MiB")
        if sum(info.file_size for info in infos) > LARGEST_WHOLE:
            raise _too_much(self.called, f"The workbook unpacks to more than {LARGEST_WHOLE // MEBIBYTE} MiB")
        if "xl/vbaproject.bin" in names or any(name.startswith("xl/macrosheets/") for name in names):
            raise _unsupported(self.called, "The workbook holds macros", "Save it without them, as .xlsx.")
        if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
            raise _unsupported(self.called, "The ZIP archive is no Excel workbook", _SAVE_AS)
        if sum(bool(_SHEET.fullmatch(name)) for name in names) > MOST_SHEETS:
            raise _too_much(self.called, f"The workbook has more than {MOST_SHEETS} sheets")
        for info in infos:
            if info.filename.lower().endswith(_XML):
                self._part(archive, info)

    def _part(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        """One part: well-formed, without a DTD, not deep, and with no more cells and rows than allowed."""
        is_sheet = bool(_SHEET.fullmatch(info.filename))
        parser = expat.ParserCreate(namespace_separator=" ")
        self.depth, before = 0, self.rows

        def start(name: str, attributes: Mapping[str, str]) -> None:
            self.depth, self.elements = self.depth + 1, self.elements + 1
            if self.elements > MOST_ELEMENTS:
                raise _too_much(self.called, "The parts of the workbook have too many elements")
            if self.depth > DEEPEST:
                raise _too_much(self.called, f"{info.filename} is nested deeper than {DEEPEST} levels")
            if self.depth == 1 and "purl.oclc.org/ooxml" in name:
                raise _unsupported(self.called, "The workbook is of the kind Strict Open XML", _SAVE_AS)
            if is_sheet and name.endswith(" c"):
                self._cell(attributes.get("r", ""))
            elif is_sheet and name.endswith(" row"):
                self._row(attributes.get("r", ""), before)

        def end(_: str) -> None:
            self.depth -= 1

        def doctype(*_: object) -> NoReturn:
            raise _unsupported(self.called, f"{info.filename} has a document type definition", _SAVE_AS)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.StartDoctypeDeclHandler = doctype
        try:
            with archive.open(info) as stream:
                parser.ParseFile(stream)
        except expat.ExpatError as problem:
            raise UnreadableInput(
                f"{info.filename} is not XML: {problem}", place=Place(self.called), remedy="Save the workbook anew."
            ) from problem

    def _cell(self, reference: str) -> None:
        match = _LETTERS.fullmatch(reference)
        self.widest = max(self.widest + 1, _column(match[1]) if match else 0)
        self.cells += 1
        if self.cells > MOST_CELLS:
            raise _too_much(self.called, f"The workbook has more than {MOST_CELLS:,} cells")
        if self.room + self.widest > MOST_ROOM:
            raise _too_much(self.called, "Too many rows of the workbook reach too far to the right")

    def _row(self, number: str, before: int) -> None:
        self.room, self.widest = self.room + self.widest, 0
        self.rows = max(self.rows + 1, before + (int(number) if number.isdecimal() and len(number) < 9 else 0))
        if self.rows > MOST_ROWS:
            raise _too_much(self.called, f"The sheets have more than {MOST_ROWS:,} rows")


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _too_much(called: str, what: str) -> McqmsError:
    return UnreadableInput(what, place=Place(called), remedy="Delete what is empty or not needed, and save it anew.")


def _unsupported(called: str, what: str, remedy: str) -> McqmsError:
    return Unsupported(what, place=Place(called), remedy=remedy)
