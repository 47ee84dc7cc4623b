"""Names for what statements speak of: a reader never sees a bare IRI, and a blank node is called what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from mcqms_kg import operations
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex, in_language
from mcqms_kg.model import Named, Term, Texts, Triple
from mcqms_kg.model.countries import country_name
from mcqms_kg.namespaces import RDF, RDFS, SKOS
from mcqms_kg.service.pages.words import PageWords

_LABELS = tuple(terms.iri(name) for name in (RDFS + "label", SKOS + "prefLabel"))
_TYPE = terms.iri(RDF + "type")
_WELL_KNOWN = {_TYPE: "label-kind", _LABELS[0]: "label-name"}
_COUNTRIES = (terms.expand("mc:country"), terms.expand("mc:countryOfOperation"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Shown:
    """A term for reading: its words, the term itself for those who want it, and the language of the words where they say it."""

    text: str
    term: str
    language: str = ""


@dataclass(frozen=True)
class Row:
    """What is stated of one thing: names of properties with values."""

    about: Shown
    facts: tuple[tuple[Shown, Shown], ...]


class Labels:
    """Names from the statements at hand, from what the check named, and from the vocabulary."""

    def __init__(self, words: PageWords, triples: Iterable[Triple], known: Iterable[Named] = ()) -> None:
        self._words, self._graph = words, GraphIndex(triples)
        self._known: Mapping[Term, Texts] = {named.term: named.label for named in known}

    def show(self, term: Term) -> Shown:
        """The term for reading."""
        if terms.is_literal(term):
            return self._literal(term)
        label = self._label(term)
        if terms.is_blank(term):
            return Shown(label or self._unnamed(term), "")
        return Shown(label or terms.readable(term), terms.iri_text(term))

    def value(self, predicate: Term, term: Term) -> Shown:
        """What a property says, for reading: a country by its name."""
        if predicate in _COUNTRIES and terms.is_literal(term):
            return Shown(country_name(terms.lexical(term), self._words.language), "")
        return self.show(term)

    def rows(self) -> list[Row]:
        """Every statement, by what it is about; names come first."""
        subjects = sorted(
            self._graph.all_subjects(), key=lambda s: (terms.is_blank(s), self.show(s).text.casefold(), s)
        )
        return [Row(self.show(s), tuple((self.show(p), self.value(p, o)) for p, o in self._facts(s))) for s in subjects]

    def _facts(self, subject: Term) -> list[tuple[Term, Term]]:
        return sorted(self._graph.out(subject), key=lambda fact: (fact[0] not in _LABELS, fact[0] != _TYPE, fact))

    def _label(self, term: Term) -> str:
        if key := _WELL_KNOWN.get(term):
            return self._words(key)
        for graph in (self._graph, vocabulary()):
            for predicate in _LABELS:
                if texts := graph.texts(term, predicate):
                    return in_language(texts, self._words.language)
        return in_language(self._known.get(term, {}), self._words.language) if self._is_named(term) else ""

    def _is_named(self, term: Term) -> bool:
        """Whether the check knew a name for it, and not only the term itself."""
        return any(not text.startswith("_:") and "://" not in text for text in self._known.get(term, {}).values())

    def _unnamed(self, term: Term) -> str:
        kinds = [self.show(kind).text for kind in self._graph.types(term)]
        return self._words("label-unnamed-kind", kind=kinds[0]) if kinds else self._words("label-unnamed")

    def _literal(self, term: Term) -> Shown:
        text = terms.lexical(term)
        if _DAY.fullmatch(text) and terms.datatype(term).endswith("#date"):
            return Shown(text, "")
        return Shown(text, "", terms.language(term))


@cache
def vocabulary() -> GraphIndex:
    """What ships: the ontology, code lists and framework facts."""
    return GraphIndex(operations.background())
