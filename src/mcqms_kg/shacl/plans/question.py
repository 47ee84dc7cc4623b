"""A query of a shape that the embedded store answers, as a part of plans."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.values import Value


class Traits(Value):
    """What a query does with terms, as far as the store may tell one from another where the data do not, or the other way round."""

    predicates: frozenset[Term] | None
    """Those of the statements that it can meet; nothing where it can meet all."""
    constants: frozenset[Term] = frozenset()
    literals: frozenset[Term] = frozenset()
    reads_forms: bool = False
    """It reads lexical forms or datatypes."""
    gives_computed: bool = False
    reads_tags: bool = False
    compares: bool = False
    orders: bool = False
    sums: bool = False
    casts: bool = False
    reads_moments: bool = False
    """It asks for years, days and their like."""
    asks_now: bool = False
    has_empty_paths: bool = False
    """It has a path that may be of length zero, which exists at nodes of the graph only."""


class Question(Value):
    """`text` finds its pre-bound `variables` in the graph `SEEDS`, in every group; `columns` are what its solutions bind."""

    text: str
    variables: tuple[str, ...]
    columns: tuple[str, ...]
    traits: Traits
    one_by_one: bool
    """One focus node after the other: solutions are counted off for each."""
    own: frozenset[str] = frozenset()
    """Columns that hold computed numbers alone, which are never those of the data."""
