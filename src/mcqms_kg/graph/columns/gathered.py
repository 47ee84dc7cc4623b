"""A graph in memory as the compiled reader leaves it. No database is needed to look up terms and the statements of a predicate."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns.reader import Int64s, Reader, Settled, number_of
from mcqms_kg.model import Term

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Gathered:
    """Terms in the order in which they were found, and statements once each, by predicate, as numbers of terms."""

    numbers: Int64s
    texts: bytes
    """Every text, with a line end behind it."""
    ends: bytes
    """Where each text ends, as 64 bits."""
    settled: Settled
    added: dict[int, Term] = field(default_factory=dict)
    """Terms that no statement holds: shapes name them."""

    @classmethod
    def of(cls, reader: Reader) -> Gathered | None:
        """What a reader has gathered; nothing where two terms share a number."""
        gathered = cls.by(reader, reader.numbers())
        return gathered if gathered.settled.are_apart else None

    @classmethod
    def by(cls, reader: Reader, numbers: Int64s) -> Gathered:
        """The same by numbers that are given."""
        return cls(numbers, reader.texts_as_bytes(), reader.ends, reader.settle(numbers))

    @property
    def statements(self) -> int:
        """How many statements were read."""
        return self.settled.statements

    def all_texts(self) -> list[str]:
        """The texts of `numbers`, in their order."""
        return self.texts.decode().split("\n")[:-1]

    def all_terms(self) -> dict[int, Term]:
        """Every term by its number, those that were added too."""
        return dict(zip(self.numbers, map(Term, self.all_texts()), strict=True)) | self.added

    def by_predicate(self, wanted: Container[int] | None = None) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Every predicate, or some, each with the subject and object of its statements, without NumPy: for small graphs."""
        for predicate, begin, end in self._runs:
            if wanted is None or predicate in wanted:
                yield predicate, list(zip(self.settled.s[begin:end], self.settled.o[begin:end], strict=True))

    @cached_property
    def _runs(self) -> list[tuple[int, int, int]]:
        """Each predicate, where its statements begin, and where they end."""
        count = self.settled.different_predicates
        begins = [*self.settled.begins[:count], self.statements]
        return list(zip(self.settled.predicates[:count], begins, begins[1:], strict=False))

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
        numbers = self.array("numbers")
        places = np.searchsorted(numbers, asked).clip(max=max(len(numbers) - 1, 0))
        known = numbers[places] == asked if len(numbers) else np.zeros(len(asked), np.bool_)
        begins, ends = self._bounds(places[known])
        found = {
            number: Term(self.texts[begin:end].decode())
            for number, begin, end in zip(asked[known].tolist(), begins.tolist(), ends.tolist(), strict=True)
        }
        return found | {number: self.added[number] for number in asked[~known].tolist() if number in self.added}

    def texts_of_length(self, low: int, high: int, length: int) -> tuple[Numbers, npt.NDArray[np.uint8]]:
        """The numbers from one to before another whose texts have so many bytes, and these bytes, a row each."""
        import numpy as np  # likewise

        numbers = self.array("numbers")
        places = np.arange(*np.searchsorted(numbers, (low, high)))
        begins, ends = self._bounds(places)
        fits = ends - begins == length
        letters = np.frombuffer(self.texts, np.uint8)
        return numbers[places[fits]], letters[begins[fits, None] + np.arange(length)]

    def _bounds(self, places: Numbers) -> tuple[Numbers, Numbers]:
        """Where the texts of numbers begin and end; the numbers are given by their places in order."""
        import numpy as np  # likewise

        rows, ends = np.ctypeslib.as_array(self.settled.order)[places], np.frombuffer(self.ends, np.int64)
        return np.where(rows, ends[rows.astype(np.int64) - 1] + 1, 0), ends[rows]

    def array(self, side: str) -> Numbers:
        """The subjects, predicates or objects (`s`, `p`, `o`), or the numbers of all terms that statements hold, in order (`numbers`)."""
        return self._predicates if side == "p" else self._arrays[side]

    def pairs(self, predicate: int) -> tuple[Numbers, Numbers]:
        """The subjects and objects of the statements with a predicate, in the order of subjects."""
        begin, end = next(((begin, end) for one, begin, end in self._runs if one == predicate), (0, 0))
        return self._arrays["s"][begin:end], self._arrays["o"][begin:end]

    @cached_property
    def _arrays(self) -> Mapping[str, Numbers]:
        import numpy as np  # likewise

        s, o, numbers = map(np.ctypeslib.as_array, (self.settled.s, self.settled.o, self.settled.sorted))
        return {"s": s[: self.statements], "o": o[: self.statements], "numbers": numbers}

    @cached_property
    def _predicates(self) -> Numbers:
        import numpy as np  # likewise

        runs = np.array(self._runs, np.int64).reshape(-1, 3)
        return np.repeat(runs[:, 0], runs[:, 2] - runs[:, 1])
