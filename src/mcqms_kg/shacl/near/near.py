"""Everything that answers questions about a few nodes of some columns, kept beside them from one change to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.dictionary import Dictionary
from mcqms_kg.graph.columns.lookup import Lookup, Statement
from mcqms_kg.model import Triple
from mcqms_kg.shacl.near.answers import Answers
from mcqms_kg.shacl.near.questions import KEPT, Questions
from mcqms_kg.shacl.near.rows import Few, Statements
from mcqms_kg.shacl.sql.macros import define_macros


@dataclass(frozen=True)
class _OfShapes:
    """The statements of the shapes graph, numbered when first asked for."""

    shapes: tuple[Triple, ...]
    dictionary: Dictionary

    @cached_property
    def _few(self) -> Few:
        numbers = self.dictionary.numbers(term for triple in self.shapes for term in triple)
        return Few(tuple((numbers[s], numbers[p], numbers[o]) for s, p, o in self.shapes))

    def match(self, s: int | None, p: int | None, o: int | None) -> Iterator[Statement]:
        return self._few.match(s, p, o)


@dataclass(frozen=True)
class Near:
    """The lookup and the dictionary of some columns, and the answers for one shapes graph."""

    shapes: tuple[Triple, ...]
    dictionary: Dictionary
    lookup: Lookup
    questions: Questions
    answers: Answers

    @classmethod
    def of(cls, columns: Columns, shapes: tuple[Triple, ...]) -> Near:
        """What is kept beside the columns; answers for other shapes are forgotten."""
        kept = columns.kept.get(KEPT)
        if not isinstance(kept, Near) or (kept.shapes is not shapes and kept.shapes != shapes):
            kept = columns.kept[KEPT] = _new(columns, shapes, kept if isinstance(kept, Near) else None)
        return kept

    @staticmethod
    def forget(columns: Columns) -> None:
        columns.kept.pop(KEPT, None)


def _new(columns: Columns, shapes: tuple[Triple, ...], before: Near | None) -> Near:
    dictionary = before.dictionary if before else Dictionary(columns)
    if before is None:
        columns.connection.execute("CREATE INDEX IF NOT EXISTS term_by_id ON term (id)")
        define_macros(columns.connection)
    dictionary.numbers(term for triple in shapes for term in triple)
    lookup = before.lookup if before else Lookup(columns.connection)

    questions = before.questions if before else Questions(columns, dictionary)
    graphs: dict[str, Statements] = {"triple": lookup, "shape_triple": _OfShapes(shapes, dictionary)}
    return Near(shapes, dictionary, lookup, questions, Answers(lookup, graphs, questions.number, questions))
