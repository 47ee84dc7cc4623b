"""A graph in memory as the compiled reader leaves it. No database is needed to look up terms and the statements of a predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns.reader import Int64s, Reader, number_of
from mcqms_kg.model import Term

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

_LINE_END = 10


@dataclass(frozen=True)
class Gathered:
    """Terms in the order in which they were found, and statements once each in the order of their predicates, as numbers of terms."""

    numbers: Int64s
    texts: bytes
    """Every text, with a line end behind it."""
    s: Int64s
    p: Int64s
    o: Int64s
    statements: int
    added: dict[int, Term] = field(default_factory=dict)
    """Terms that no statement holds: shapes name them."""

    @classmethod
    def of(cls, reader: Reader) -> Gathered | None:
        """What a reader has gathered; nothing where two terms share a number."""
        numbers = reader.numbers()
        return None if numbers is None else cls.by(reader, numbers)

    @classmethod
    def by(cls, reader: Reader, numbers: Int64s) -> Gathered:
        """The same by numbers that are given."""
        return cls(numbers, reader.texts_as_bytes(), *reader.settle(numbers), reader.settled)

    def all_texts(self) -> list[str]:
        """The texts of `numbers`, in their order."""
        return self.texts.decode().split("\n")[:-1]

    def all_terms(self) -> dict[int, Term]:
        """Every term by its number, those that were added too."""
        return dict(zip(self.numbers, map(Term, self.all_texts()), strict=True)) | self.added

    def all_statements(self) -> Iterator[tuple[int, int, int]]:
        """Every statement as numbers, without NumPy: for small graphs."""
        return zip(*(getattr(self, side)[: self.statements] for side in "spo"), strict=True)

    def named(self, wanted: Iterable[Term]) -> dict[Term, int]:
        """The numbers of terms, whether they are there or not."""
        return {term: number_of(term) for term in wanted}

    def add(self, wanted: Iterable[Term]) -> int | None:
        """Adds those of the terms that are not there: how many; nothing at all where one has the number of another term."""
        named = self.named(wanted)
        stored = self.stored(named.values())
        new = {number: term for term, number in named.items() if number not in stored}
        if any(stored.get(number, term) != term for term, number in named.items()) or len(set(named.values())) < len(
            named
        ):
            return None
        self.added.update(new)
        return len(new)

    def stored(self, wanted: Iterable[int]) -> Mapping[int, Term]:
        """Those of the numbers that are there, with their texts."""
        import numpy as np  # it takes long to import, and files can be read meanwhile

        asked = np.fromiter(wanted, np.int64)
        places = np.searchsorted(self._sorted, asked).clip(max=max(len(self._sorted) - 1, 0))
        known = self._sorted[places] == asked if len(self._sorted) else np.zeros(len(asked), np.bool_)
        rows = self._order[places[known]]
        begins, ends = self._begins[rows].tolist(), self._begins[rows + 1].tolist()
        found = {
            number: Term(self.texts[begin : end - 1].decode())
            for number, begin, end in zip(asked[known].tolist(), begins, ends, strict=True)
        }
        return found | {number: self.added[number] for number in asked[~known].tolist() if number in self.added}

    def array(self, side: str) -> Numbers:
        """The subjects, predicates or objects (`s`, `p`, `o`), or the numbers of all terms that statements hold (`numbers`)."""
        return self._arrays[side]

    def pairs(self, predicate: int) -> tuple[Numbers, Numbers]:
        """The subjects and objects of the statements with a predicate."""
        low, high = self._arrays["p"].searchsorted((predicate, predicate + 1))
        return self._arrays["s"][low:high], self._arrays["o"][low:high]

    @cached_property
    def _arrays(self) -> Mapping[str, Numbers]:
        import numpy as np  # likewise

        sides = {side: np.ctypeslib.as_array(getattr(self, side))[: self.statements] for side in "spo"}
        return {**sides, "numbers": np.ctypeslib.as_array(self.numbers)}

    @cached_property
    def _order(self) -> Numbers:
        return self._arrays["numbers"].argsort()

    @cached_property
    def _sorted(self) -> Numbers:
        return self._arrays["numbers"][self._order]

    @cached_property
    def _begins(self) -> Numbers:
        """Where each text begins, and one behind the end of the last."""
        import numpy as np  # likewise

        ends = np.flatnonzero(np.frombuffer(self.texts, np.uint8) == _LINE_END)
        return np.concatenate((np.zeros(1, np.int64), ends + 1))
