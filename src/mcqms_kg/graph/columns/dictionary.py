"""Numbers and texts of a few terms of some columns, remembered: looking one up in the columns reads all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term

_MANY = 200_000


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
        self._texts |= self.columns.all_terms()
        self._numbers |= {term: number for number, term in self._texts.items()}
        self._is_whole = True

    def numbers(self, wanted: Iterable[Term]) -> Mapping[Term, int]:
        """The numbers of these terms, and perhaps of more. Raises `Clash` where a term has the number of another."""
        unknown = sorted({term for term in wanted if term not in self._numbers})
        if unknown:
            found = self.columns.numbers_of(unknown)
            stored = {} if self._is_whole else self.stored(found.values())
            for text, number in found.items():
                if stored.get(number, text) != text or self._texts.get(number, text) != text:
                    raise Clash("Two terms have the same number", remedy="Validate with the reference engine.")
                self._texts[number] = text
            self._numbers |= found
        return self._numbers

    def texts(self, wanted: Iterable[int]) -> Mapping[int, Term]:
        """The texts of these numbers, and perhaps of more."""
        unknown = {number for number in wanted if number not in self._texts}
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

    def stored(self, numbers: Iterable[int]) -> Mapping[int, Term]:
        """Those of the numbers that the columns hold, with their texts."""
        return self.columns.texts_of(numbers)
