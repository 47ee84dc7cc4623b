"""One sentence of an answer, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mcqms_kg.model import Term, Triple


@dataclass(frozen=True)
class Reason:
    """One sentence: its key in the phrases, the terms it names, other values, and its statements."""

    key: str
    names: Mapping[str, Term | tuple[Term, ...]] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    triples: tuple[Triple, ...] = ()
    amounts: frozenset[str] = frozenset()
    """The values that are told with what they count, or with a word for why there is no number."""
    then: str = ""
    """The key of the clause that ends the sentence, where there is one."""
