"""What stands over the columns, in the words of the ontology, and what a header that was found means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook.grid import tidy
from mcqms_kg.interop.workbook.lists import known
from mcqms_kg.interop.workbook.plan import Column, Kind, Sheet
from mcqms_kg.model import Texts
from mcqms_kg.namespaces import SKOS

ID: Texts = {"en": "ID", "id": "ID"}
TYPE: Texts = {"en": "Type", "id": "Jenis"}
_OWN: Mapping[str, Texts] = {
    "rdfs:label": {"en": "Name", "id": "Nama"},
    "dcterms:description": {"en": "Description", "id": "Deskripsi"},
    "dcterms:source": {"en": "Source", "id": "Sumber"},
    "dcterms:issued": {"en": "Year of issue", "id": "Tahun terbit"},
    "skos:notation": {"en": "Code", "id": "Kode"},
    "eventDate": {"en": "Date", "id": "Tanggal"},
}
_LEADING = {"en": re.compile("^(has|is) "), "id": re.compile("^memiliki ")}
_PREFERRED = terms.iri(SKOS + "prefLabel")
_LANGUAGE = re.compile(r"(.*?)\s*\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\)")
_NUMBERED = re.compile(r"(.*?)\s+([0-9]{1,3})")


@dataclass(frozen=True)
class Header:
    """A column as it stands in a sheet: in which language its texts are, and which of several it is."""

    column: Column
    language: str = ""
    number: int = 1

    def shown(self, language: str) -> str:
        """What stands in the first row."""
        name = title(self.column, language)
        tagged = f"{name} ({self.language})" if self.language else name
        return f"{tagged} {self.number}" if self.number > 1 else tagged


@cache
def _titles(name: str) -> Texts:
    if name in _OWN:
        return _OWN[name]
    labels = known().texts(Column(name, Kind.TEXT).property, _PREFERRED)
    bare = {language: _LEADING[language].sub("", labels[language]) for language in _LEADING}
    return {language: text[:1].upper() + text[1:] for language, text in bare.items()}


def title(column: Column, language: str) -> str:
    """The header of a column, without language and number."""
    return (column.header or _titles(column.name))[language]


def meant(sheet: Sheet, found: str) -> Header | None:
    """The column that a header means, in whichever language; nothing where the sheet has none of that name."""
    text, number, language = tidy(found), 1, ""
    if exact := _column(sheet, text):
        return Header(exact)
    if match := _NUMBERED.fullmatch(text):
        text, number = match[1], int(match[2])
    if match := _LANGUAGE.fullmatch(text):
        text = match[1]
        language = match[2] if "-" in match[2] else match[2].lower()
    column = _column(sheet, text)
    if column is None or (language and column.kind is not Kind.TEXT):
        return None
    return Header(column, language, number)


def _column(sheet: Sheet, text: str) -> Column | None:
    return _columns(sheet.key, sheet.columns).get(text.casefold())


@cache
def _columns(_: str, columns: tuple[Column, ...]) -> Mapping[str, Column]:
    return {title(column, language).casefold(): column for column in columns for language in _LEADING}
