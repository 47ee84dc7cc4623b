"""What a file of the European Learning Model is built with: things, texts and codes from our graph, and what was lost on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.model import Loss, Term, Texts, Wanted
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS, XSD

Node = dict[str, Any]
"""A thing as JSON-LD has it."""
LABEL = terms.iri(RDFS + "label")
NOTATION = terms.iri(SKOS + "notation")
DESCRIPTION = terms.iri(DCTERMS + "description")
_WEB = re.compile(r"https?://[^/?#\s<>\"{}|\\^`]+[^\s<>\"{}|\\^`]*")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMBER = re.compile(r"[+]?[0-9]+([.][0-9]+)?")


@dataclass
class Writing:
    """One thing on its way out: the graph, what is wanted, what could not be carried, and what is missing that the target asks for."""

    graph: GraphIndex
    wanted: Wanted
    losses: list[Loss] = field(default_factory=list)
    lacking: list[Loss] = field(default_factory=list)
    visited: set[Term] = field(default_factory=set)

    def take(self, other: Writing) -> None:
        """What another writing lost is lost here too."""
        self.losses += [loss for loss in other.losses if loss not in self.losses]
        self.visited |= other.visited

    def lose(self, at: Term, what: Texts, value: str = "") -> None:
        """Notes what is not carried, once."""
        loss = Loss(at, what, value[:200])
        if loss not in self.losses:
            self.losses.append(loss)

    def lack(self, at: Term, what: Texts) -> None:
        """Notes what the target cannot do without."""
        loss = Loss(at, what)
        if loss not in self.lacking:
            self.lacking.append(loss)

    def id_of(self, term: Term) -> str:
        """The IRI of a thing; a blank one is named below the base."""
        return terms.iri_text(term) if terms.is_iri(term) else f"{self.wanted.base}blank/{term.removeprefix('_:')}"

    def part(self, term: Term, name: str) -> str:
        """The IRI of something that only the target tells apart from the thing."""
        whole = self.id_of(term)
        return f"{whole}{'-' if '#' in whole else '#'}{name}"

    def texts(self, term: Term, predicate: Term) -> dict[str, str]:
        """The texts by language, one each; a text without language is taken to be in the language that is wanted."""
        found: dict[str, str] = {}
        for value in self.graph.objects(term, predicate):
            tag = terms.language(value) or self.wanted.language
            if not terms.is_literal(value) or not terms.lexical(value).strip(" \t\r\n"):
                self.lose(term, phrases.not_text(predicate), value)
            elif tag.lower() in {known.lower() for known in found}:
                self.lose(term, phrases.second(predicate), terms.lexical(value))
            else:
                found[tag] = terms.lexical(value)
                if not terms.language(value):
                    self.lose(term, phrases.language_taken(predicate, tag), terms.lexical(value))
        return found

    def things(self, term: Term, predicate: Term, *, needed: bool = False) -> tuple[Term, ...]:
        """The things that the values name; a value in words names none, and is lost, or lacking where it is `needed`."""
        values = self.graph.objects(term, predicate)
        for value in values:
            if terms.is_literal(value):
                self.lose(term, phrases.not_thing(predicate), value)
                if needed:
                    self.lack(term, phrases.IN_WORDS_ONLY)
        return tuple(value for value in values if not terms.is_literal(value))

    def one_thing(self, term: Term, predicate: Term) -> Term | None:
        """The first thing that is named; the others are lost."""
        found = self.things(term, predicate)
        for other in found[1:]:
            self.lose(term, phrases.second(predicate), other)
        return found[0] if found else None

    def one(self, term: Term, predicate: Term) -> Term | None:
        """The first value; the others are lost."""
        found = self.graph.objects(term, predicate)
        for other in found[1:]:
            self.lose(term, phrases.second(predicate), other)
        return found[0] if found else None

    def number(self, term: Term, predicate: Term) -> Decimal | None:
        """The number above zero that is stated; what is none is lost."""
        value = self.one(term, predicate)
        if value is None:
            return None
        try:
            number = Decimal(terms.lexical(value)) if _NUMBER.fullmatch(terms.lexical(value)) else Decimal(0)
        except InvalidOperation:
            number = Decimal(0)
        if not number:
            self.lose(term, phrases.not_number(predicate), value)
            return None
        return number

    def day(self, term: Term, predicate: Term) -> str | None:
        """The day as the start of it, in UTC; what is no day is lost."""
        value = self.one(term, predicate)
        found = date_of(value) if value else None
        if value and found is None:
            self.lose(term, phrases.not_day(predicate), value)
        return f"{found}T00:00:00Z" if found else None

    def page(self, term: Term) -> Node | None:
        """The public page, where it is an address on the web."""
        values = self.graph.objects(term, mc("publicPage"))
        chosen = next((value for value in values if _WEB.fullmatch(terms.lexical(value))), None)
        for value in values:
            if value != chosen:
                what = phrases.second if _WEB.fullmatch(terms.lexical(value)) else phrases.not_address
                self.lose(term, what(mc("publicPage")), value)
        if chosen is None:
            return None
        return {"id": self.part(term, "page"), "type": "WebResource", "contentURL": terms.lexical(chosen)}

    def concept(self, term: Term, scheme: Term | None = None) -> Node:
        """A code of ours or of others, with its label, its notation and what it is from."""
        node = concept(self.id_of(term), self.id_of(scheme) if scheme else "")
        notation = self.graph.value(term, NOTATION)
        labels = self.texts(term, terms.iri(SKOS + "prefLabel")) or self.texts(term, LABEL)
        return node | without_gaps(prefLabel=labels, notation=terms.lexical(notation) if notation else None)

    def coded_note(self, owner: Term, code: Term, name: str) -> Node:
        """A note that says in words what a code of ours says."""
        scheme = next(
            (s for s in self.graph.objects(code, terms.iri(SKOS + "inScheme")) if not terms.is_literal(s)), None
        )
        node = self.concept(code, scheme)
        words = node.pop("prefLabel", None) or {"en": terms.local_name(code).replace("-", " ")}
        return {"id": self.part(owner, name), "type": "Note", "noteLiteral": words, "subject": node}

    def unhandled(self, term: Term, handled: Iterable[Term]) -> None:
        """Everything else that is stated of a thing is lost."""
        known = {TYPE, *handled}
        self.visited.add(term)
        for predicate, value in self.graph.out(term):
            if predicate not in known:
                self.lose(term, phrases.not_carried(predicate), value)


def date_of(value: Term) -> str | None:
    """The day that a date states, without its time zone; nothing for what is no date."""
    found = _DAY.fullmatch(terms.lexical(value)) if terms.datatype(value) == XSD + "date" else None
    try:
        return dt.date.fromisoformat(found[1]).isoformat() if found else None
    except ValueError:
        return None


def concept(iri: str, scheme: str) -> Node:
    """A code with the list that it is from."""
    node: Node = {"id": iri, "type": "Concept"}
    return node | ({"inScheme": {"id": scheme, "type": "ConceptScheme"}} if scheme else {})


def language_concepts(tags: Iterable[str]) -> list[Node]:
    """The languages as codes of the European list; a tag that it does not know is left out."""
    found = dict.fromkeys(code_lists.language(tag) for tag in tags)
    return [concept(iri, code_lists.LANGUAGES) for iri in found if iri]


def without_gaps(**given: Any) -> Node:
    """The keys that have a value; a list of one is that one."""
    short = {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in given.items()}
    return {key: value for key, value in short.items() if value not in (None, [], {}, "")}
