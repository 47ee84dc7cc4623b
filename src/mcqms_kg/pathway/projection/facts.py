"""The statements of a graph by predicate, for looking up values and names; never changed once built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.model import NotUnderstood, Term, Texts, Triple
from mcqms_kg.pathway.projection.vocabulary import NAMES, TYPE

_NONE: tuple[Term, ...] = ()
UNNAMED = ("(without a name)", "(tanpa nama)")
"""What a blank node is called that has no name, in English and in Indonesian."""


class Facts:
    """What stands before and after each term, predicate by predicate; and the terms of ours that nothing declares, which say nothing."""

    def __init__(self, triples: Iterable[Triple], not_understood: Sequence[NotUnderstood] = ()) -> None:
        self.not_understood = tuple(not_understood)
        self._out: dict[Term, dict[Term, list[Term]]] = {}
        self._into: dict[Term, dict[Term, list[Term]]] = {}
        out = self._out
        for s, p, o in triples:
            by_subject = out.get(p)
            if by_subject is None:
                by_subject = out[p] = {}
            values = by_subject.get(s)
            if values is None:
                by_subject[s] = [o]
            elif o not in values:
                values.append(o)

    def of(self, predicate: Term) -> Mapping[Term, list[Term]]:
        """Every subject of a predicate with its values."""
        return self._out.get(predicate, {})

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        found = self._out.get(predicate, {}).get(subject)
        if found is None:
            return _NONE
        return (found[0],) if len(found) == 1 else tuple(sorted(found))

    def subjects(self, predicate: Term, object_: Term) -> tuple[Term, ...]:
        """Who has the value; the predicate is turned round on first use."""
        if predicate not in self._into:
            self._into[predicate] = self._turned(predicate)
        return tuple(sorted(self._into[predicate].get(object_, ())))

    def _turned(self, predicate: Term) -> dict[Term, list[Term]]:
        turned: dict[Term, list[Term]] = defaultdict(list)
        with garbage_collection_paused():
            for s, values in self.of(predicate).items():
                for o in values:
                    turned[o].append(s)
        return turned

    def has(self, triple: Triple) -> bool:
        return triple[2] in self._out.get(triple[1], {}).get(triple[0], ())

    def instances(self, type_: Term) -> tuple[Term, ...]:
        return self.subjects(TYPE, type_)

    def about(self, subject: Term) -> tuple[Triple, ...]:
        """Every statement about a subject."""
        return tuple(sorted((subject, p, o) for p, by in self._out.items() for o in by.get(subject, ())))

    def knows(self, term: Term) -> bool:
        """Whether anything is said about the term."""
        return any(term in by for by in self._out.values())

    def texts(self, term: Term) -> Texts:
        """The names of a term by language, from the first predicate that gives one."""
        for predicate in NAMES:
            found = {terms.language(o): terms.lexical(o) for o in self.objects(term, predicate) if terms.is_literal(o)}
            if found:
                return found
        return {}

    def name(self, term: Term, language: str = "en") -> str:
        """What a reader would call the term; names are for reading, and nothing is ever decided by one."""
        if terms.is_literal(term):
            return terms.lexical(term)
        named = in_language(self.texts(term), language)
        if named or terms.is_iri(term):
            return named or terms.readable(term)
        return UNNAMED[language == "id"]
