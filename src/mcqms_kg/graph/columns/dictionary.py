"""Numbers and texts of a few terms of some columns, remembered: looking one up in the columns reads all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term

_MANY = 200_000
_NUMBERS = "SELECT text, number_of(text) FROM (SELECT unnest(?::VARCHAR[]) AS text)"


class Clash(McqmsError):
    """Two terms have the same number; `Columns.renumber` tells them apart."""


@dataclass
class Dictionary:
    """Number to text and text to number. No two terms in it share a number, nor any with a term of the columns."""

    columns: Columns
    _numbers: dict[Term, int] = field(default_factory=dict)
    _texts: dict[int, Term] = field(default_factory=dict)
    _is_whole: bool = False

    def read_all(self) -> None:
        """Reads every term of the columns, which is quicker than asking for many of them, where there are few in all."""
        rows = self.columns.connection.execute("SELECT id, text FROM term").fetchall()
        self._texts |= {number: Term(text) for number, text in rows}
        self._numbers |= {Term(text): number for number, text in rows}
        self._is_whole = True

    def numbers(self, wanted: Iterable[Term]) -> Mapping[Term, int]:
        """The numbers of these terms, and perhaps of more. Raises `Clash` where a term has the number of another."""
        unknown = sorted(set(wanted) - self._numbers.keys())
        if unknown:
            found = self.columns.connection.execute(_NUMBERS, [unknown]).fetchall()
            stored = {} if self._is_whole else self.stored(number for _, number in found)
            for text, number in found:
                if stored.get(number, text) != text or self._texts.get(number, text) != text:
                    raise Clash("Two terms have the same number", remedy="Validate with the reference engine.")
                self._texts[number] = Term(text)
            self._numbers |= {Term(text): number for text, number in found}
        return self._numbers

    def texts(self, wanted: Iterable[int]) -> Mapping[int, Term]:
        """The texts of these numbers, and perhaps of more."""
        unknown = set(wanted) - self._texts.keys()
        if unknown:
            if len(self._texts) > _MANY:
                self._texts = {number: term for term, number in self._numbers.items()}
            self._texts |= self.stored(unknown)
            if lacking := unknown - self._texts.keys():
                raise McqmsError(f"The columns have no text for the number {min(lacking)}", remedy="Load them anew.")
        return self._texts

    def known(self, number: int) -> Term | None:
        """The text of a number, where it was asked for before."""
        return self._texts.get(number)

    def stored(self, numbers: Iterable[int]) -> dict[int, Term]:
        """Those of the numbers that the columns hold, with their texts."""
        listed = ", ".join(map(str, numbers)) or "NULL"
        rows = self.columns.connection.execute(f"SELECT id, text FROM term WHERE id IN ({listed})").fetchall()
        return {number: Term(text) for number, text in rows}
