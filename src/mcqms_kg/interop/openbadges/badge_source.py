"""A graph from which a badge is written: what was taken from each thing, so that all that was not taken can be told."""

from __future__ import annotations

import datetime as dt
import math
import re
from contextlib import suppress

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex, in_language
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_object import says
from mcqms_kg.model import Loss, Term, Texts, Triple
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS, XSD

LABEL, DESCRIPTION, NOTATION = (
    terms.iri(RDFS + "label"),
    terms.iri(DCTERMS + "description"),
    terms.iri(SKOS + "notation"),
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_PAGE = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_NUMBERS = frozenset(XSD + name for name in ("decimal", "integer", "double", "float", "nonNegativeInteger"))
_NO_ROOM: Texts = {
    "en": "Open Badges 3.0 has no place for this, or the badge is in another language.",
    "id": "Open Badges 3.0 tidak menyediakan tempat untuk ini, atau lencana memakai bahasa lain.",
}
_RENAMED: Texts = {
    "en": "Its name (IRI) is not carried; it gets another one when the badge is read.",
    "id": "Namanya (IRI) tidak dibawa; ia mendapat nama lain ketika lencana dibaca.",
}


class BadgeSource:
    """The graph, the language of the badge, and what was taken so far."""

    def __init__(self, graph: GraphIndex, language: str) -> None:
        self.graph = graph
        self.language = language
        self._taken: set[Triple] = set()
        self._visited: dict[Term, None] = {}
        self._renamed: dict[Term, None] = {}

    def visit(self, thing: Term) -> None:
        """The thing is told: whatever is not taken of it is lost."""
        self._visited[thing] = None

    def rename(self, thing: Term) -> None:
        """The thing is told without its name."""
        self.visit(thing)
        self._renamed[thing] = None

    def taken(self, subject: Term, predicate: Term, value: Term) -> None:
        """The badge says this, and says it so that it can be read back."""
        self._taken.add((subject, predicate, value))

    def lost(self, subject: Term, predicate: Term) -> None:
        """What was taken of a property is not read back after all."""
        self._taken = {triple for triple in self._taken if triple[:2] != (subject, predicate)}

    def things(self, subject: Term, name: str) -> tuple[Term, ...]:
        """What a property of ours leads to; only IRIs are taken."""
        return tuple(o for o in self.graph.objects(subject, mc(name)) if terms.is_iri(o))

    def parts(self, subject: Term, name: str) -> tuple[Term, ...]:
        """The same, with things that have no name of their own, where the badge has a place inside for them."""
        return tuple(o for o in self.graph.objects(subject, mc(name)) if not terms.is_literal(o))

    def text(self, subject: Term, predicate: Term) -> str | None:
        """A text in the language of the badge, else in another one; only the former is carried."""
        literals = [o for o in self.graph.objects(subject, predicate) if terms.is_literal(o) and says(terms.lexical(o))]
        for literal in literals:
            if terms.language(literal) == self.language:
                self.taken(subject, predicate, literal)
                return terms.lexical(literal)
        return in_language({terms.language(o): terms.lexical(o) for o in literals}, self.language) or None

    def plain(self, subject: Term, predicate: Term, datatype: str = XSD + "string") -> str | None:
        """The first literal of a datatype that says something."""
        for literal in self.graph.objects(subject, predicate):
            if terms.datatype(literal) == datatype and says(terms.lexical(literal)):
                self.taken(subject, predicate, literal)
                return terms.lexical(literal)
        return None

    def day(self, subject: Term, name: str) -> str | None:
        """The first date that is one; whoever writes it in the badge takes it."""
        for literal in self.graph.objects(subject, mc(name)):
            if terms.datatype(literal) == XSD + "date" and _DAY.fullmatch(terms.lexical(literal)):
                with suppress(ValueError):
                    return dt.date.fromisoformat(terms.lexical(literal)).isoformat()
        return None

    def country(self, organisation: Term) -> str | None:
        """The country, where it is a code of two letters."""
        for literal in self.graph.objects(organisation, mc("country")):
            if terms.datatype(literal) == XSD + "string" and _COUNTRY.fullmatch(terms.lexical(literal)):
                self.taken(organisation, mc("country"), literal)
                return terms.lexical(literal)
        return None

    def page(self, subject: Term) -> str | None:
        """The public page, where it is an address on the web."""
        for literal in self.graph.objects(subject, mc("publicPage")):
            if terms.datatype(literal) == XSD + "anyURI" and is_page(terms.lexical(literal)):
                self.taken(subject, mc("publicPage"), literal)
                return terms.lexical(literal)
        return None

    def number(self, subject: Term, predicate: Term) -> int | float | None:
        """The first number; one that JSON spells in another way is not carried as it is."""
        for literal in self.graph.objects(subject, predicate):
            found = _number(terms.lexical(literal)) if terms.datatype(literal) in _NUMBERS else None
            if found is not None:
                if literal == decimal(found):
                    self.taken(subject, predicate, literal)
                return found
        return None

    def type_is(self, subject: Term, name: str) -> bool:
        """Whether the thing is of a class of ours, which is then carried."""
        if mc(name) not in self.graph.types(subject):
            return False
        self.taken(subject, TYPE, mc(name))
        return True

    def losses(self) -> tuple[Loss, ...]:
        """All that was not taken of the things that were told, in order."""
        found = [Loss(thing, _RENAMED) for thing in self._renamed]
        for thing in self._visited:
            for predicate, value in self.graph.out(thing):
                if (thing, predicate, value) not in self._taken:
                    found.append(Loss(thing, _NO_ROOM, said(predicate, value)))
        return tuple(found)


def said(predicate: Term, value: Term) -> str:
    """Property and value in short, as a loss tells them."""
    return f"{terms.short(predicate)} {terms.short(value)}"[:300]


def is_page(text: str) -> bool:
    """Whether it is an address on the web, which people can open."""
    return bool(_PAGE.fullmatch(text))


def decimal(number: int | float) -> Term:
    """A number of JSON as our literal."""
    text = repr(number) if isinstance(number, int) else f"{number:f}".rstrip("0")
    return terms.literal(f"{text}0" if text.endswith(".") else text, datatype=XSD + "decimal")


def _number(text: str) -> int | float | None:
    try:
        found = float(text)
    except (ValueError, OverflowError):
        return None
    if not math.isfinite(found) or abs(found) >= 2**53:
        return None
    return int(text) if text.lstrip("-").isdecimal() else found
