"""The IDs of rows: which thing an ID names, and which things a cell that names some means."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook import lists
from mcqms_kg.interop.workbook.grid import tidy
from mcqms_kg.interop.workbook.plan import Column
from mcqms_kg.interop.workbook.sheets import BY_KEY
from mcqms_kg.interop.workbook.values import NotUnderstood
from mcqms_kg.model import Term, Texts

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://)?[^\s<>\"{}|\\^`]+")
_BLANK = re.compile(r"_:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SAFE = "-._~/!$&()*+,=:@%"
_MANY = ";"


def named(text: str, base: str) -> Term:
    """The thing that an ID names: below the address of the records, unless it is an address itself."""
    text = tidy(text)
    if _BLANK.fullmatch(text):
        return Term(text)
    if text.startswith("<") and text.endswith(">") and _ABSOLUTE.fullmatch(text[1:-1]):
        return Term(text)
    if known := _prefixed(text):
        return known
    return terms.iri(text if "://" in text and _ABSOLUTE.fullmatch(text) else base + quote(text, safe=_SAFE))


@dataclass(frozen=True)
class Names:
    """The IDs of a workbook in small letters with what they name, and the address of its records."""

    ids: Mapping[str, Term]
    base: str

    def chosen(self, text: str, column: Column) -> tuple[Term, ...]:
        """The things that a cell names: one, or several with semicolons between; raises `NotUnderstood`."""
        if whole := self._one(tidy(text), column):
            return (whole,)
        parts = [part for part in map(tidy, text.split(_MANY)) if part]
        found = [self._one(part, column) for part in parts]
        for part, term in zip(parts, found, strict=True):
            if term is None:
                raise self._unknown(part, column)
        return tuple(term for term in found if term)

    def _one(self, text: str, column: Column) -> Term | None:
        key = text.casefold()
        if key in self.ids:
            return self.ids[key]
        meant = {term: None for name in column.lists for term in lists.by_text(name).get(key, ())}
        if len(meant) == 1:
            return next(iter(meant))
        if len(meant) > 1:
            raise NotUnderstood(
                f"{text!r} stands for {len(meant)} choices.",
                f"{text!r} berarti {len(meant)} pilihan.",
                "Write the choice whole, as the list has it.",
                "Tuliskan pilihan itu lengkap seperti dalam daftar.",
            )
        absolute = "://" in text or text.startswith("<") or _BLANK.fullmatch(text) or _prefixed(text)
        return named(text, self.base) if absolute and not re.search(r"[\s;]", text) else None

    def _unknown(self, text: str, column: Column) -> NotUnderstood:
        sheets = {language: ", ".join(BY_KEY[key].title[language] for key in column.to) for language in ("en", "id")}
        shown = text if len(text) <= 60 else f"{text[:59]}…"
        close = self._close(text, column)
        hint = (
            {"en": f" Perhaps {close['en']!r}.", "id": f" Mungkin {close['id']!r}."} if close else {"en": "", "id": ""}
        )
        if column.to:
            return NotUnderstood(
                f"No row has the ID {shown!r}{' and it is not in the list' if column.lists else ''}.",
                f"Tidak ada baris dengan ID {shown!r}{' dan tidak ada dalam daftar' if column.lists else ''}.",
                f"Give an ID of the sheet {sheets['en']}.{hint['en']}",
                f"Isikan ID dari lembar {sheets['id']}.{hint['id']}",
            )
        return NotUnderstood(
            f"{shown!r} is not in the list of this column.",
            f"{shown!r} tidak ada dalam daftar kolom ini.",
            f"Choose from the list.{hint['en']}",
            f"Pilih dari daftar.{hint['id']}",
        )

    def _close(self, text: str, column: Column) -> Texts | None:
        """What is nearest to the text among the IDs and the choices of the column, as it is written there."""
        choices = {known: (name, found[0]) for name in column.lists for known, found in lists.by_text(name).items()}
        found = difflib.get_close_matches(text.casefold(), [*self.ids, *choices][:5000], n=1, cutoff=0.75)
        if not found:
            return None
        if found[0] in self.ids:
            iri = terms.lexical(self.ids[found[0]])
            return dict.fromkeys(("en", "id"), unquote(iri.removeprefix(self.base)))
        name, term = choices[found[0]]
        return {language: lists.entry_of(name)[term].shown(language) for language in ("en", "id")}


def _prefixed(text: str) -> Term | None:
    prefix, colon, local = text.partition(":")
    known = terms.expand(text) if colon and not local.startswith("//") and re.fullmatch(r"[\w.-]+", local) else None
    return known if known and prefix != "_" else None
