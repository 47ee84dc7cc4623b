"""What a writer took from the graph, so that everything it did not take is told as lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_object import says
from mcqms_kg.model import Loss, Term, Texts, Triple, Wanted
from mcqms_kg.namespaces import SKOS, XSD

_LABEL = terms.iri(SKOS + "prefLabel")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})")
_SHOWN = 80
_NO_PLACE = {"en": "‘{name}’ has no place in {title}.", "id": "‘{name}’ tidak mempunyai tempat dalam {title}."}
_AS_IF = {
    "en": "‘{name}’ has no language; in {title} it is written as if it were in the language of the file.",
    "id": "‘{name}’ tidak menyebut bahasa; dalam {title} ditulis seolah-olah dalam bahasa berkas.",
}
_NO_KIND = {
    "en": "Things of the kind ‘{name}’ are not carried over.",
    "id": "Hal berjenis ‘{name}’ tidak terbawa.",
}


_NO_TYPE = {"en": "Things that do not say what they are are not carried over.", "id": "Hal tanpa jenis tidak terbawa."}


class Carried:
    """The graph as a writer reads it: what is read here will be in the file and comes back from it."""

    def __init__(self, graph: GraphIndex, wanted: Wanted, title: Texts) -> None:
        self.graph, self.wanted, self._title = graph, wanted, title
        self._taken: set[Triple] = set()
        self._things: set[Term] = set()
        self._extra: list[Loss] = []

    def wished(self, candidates: Iterable[Term]) -> tuple[Term, ...]:
        """Those that are wanted by name, or all that the data itself speaks of where nothing is named."""
        found = list(dict.fromkeys(candidates))
        if self.wanted.about:
            return tuple(term for term in found if term in self.wanted.about)
        return tuple(term for term in found if term in self.wanted.given)

    def editions(self) -> tuple[Term, ...]:
        """The editions of competency standards that are wanted; with nothing named, those of the data and of its units."""
        defined = {u: self.graph.objects(u, mc("isDefinedIn")) for u in sorted(self.graph.all_subjects())}
        found = {*self.graph.instances(mc("CompetencyStandardEdition")), *(e for es in defined.values() for e in es)}
        own = {e for unit, es in defined.items() for e in es if unit in self.wanted.given} | self.wanted.given
        wished = set(self.wanted.about) or own
        return tuple(sorted(e for e in found & wished if terms.is_iri(e)))

    def thing(self, term: Term, *classes: Term) -> None:
        """The thing is written, and comes back with these classes."""
        self._things.add(term)
        self._taken.update((term, TYPE, found) for found in classes)

    def values(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        """All values that are names of things."""
        found = tuple(o for o in self.graph.objects(subject, predicate) if terms.is_iri(o))
        self.take(subject, predicate, *found)
        return found

    def value(self, subject: Term, predicate: Term) -> Term | None:
        """The first of them, where only one has a place."""
        found = next((o for o in self.graph.objects(subject, predicate) if terms.is_iri(o)), None)
        if found:
            self.take(subject, predicate, found)
        return found

    def texts(self, subject: Term, predicate: Term) -> Texts:
        """One text for each language. A text without a language is taken for one in the language wanted, which is told."""
        found: dict[str, str] = {}
        for value in self.graph.objects(subject, predicate):
            language = terms.language(value)
            if language and language not in found and says(terms.lexical(value)):
                found[language] = terms.lexical(value)
                self.take(subject, predicate, value)
        bare = next((o for o in self.graph.objects(subject, predicate) if is_plain(o)), None)
        return found or ({self.wanted.language: terms.lexical(bare)} if bare else {})

    def text(self, subject: Term, predicate: Term, language: str = "") -> str:
        """One text, in the language wanted if there is one in it; one in another comes back as if it were in that language."""
        wished = language or self.wanted.language
        found = self._best(subject, predicate, wished)
        if found and terms.language(found) == wished:
            self.take(subject, predicate, found)
        elif found and is_plain(found):
            self.take(subject, predicate, found)
            self.lose(subject, self._said(_AS_IF, predicate), _short(found))
        return terms.lexical(found) if found else ""

    def language_of(self, subject: Term, predicate: Term) -> str:
        """The language of the text that stands for all of them."""
        found = self._best(subject, predicate, self.wanted.language)
        return (terms.language(found) if found else "") or self.wanted.language

    def plain(self, subject: Term, predicate: Term) -> str:
        """The first text without a language, such as a code."""
        found = next((o for o in self.graph.objects(subject, predicate) if is_plain(o)), None)
        if found:
            self.take(subject, predicate, found)
        return terms.lexical(found) if found else ""

    def _best(self, subject: Term, predicate: Term, language: str) -> Term | None:
        found = [o for o in self.graph.objects(subject, predicate) if terms.is_literal(o) and says(terms.lexical(o))]
        return min(found, key=lambda o: (terms.language(o) != language, terms.language(o) != "en", o), default=None)

    def number(self, subject: Term, predicate: Term, *, whole: bool = False) -> float | int | None:
        """A number above zero, as JSON has it; one that JSON would round is left out, and so is one that is not whole if it must be."""
        for value in self.graph.objects(subject, predicate):
            found = decimal(value)
            if found is None or found <= 0:
                continue
            written = int(found) if found == found.to_integral_value() else float(found)
            if Decimal(str(written)) == found and (isinstance(written, int) or not whole):
                self.take(subject, predicate, value)
                return written
        return None

    def date(self, subject: Term, predicate: Term) -> str:
        """A calendar date, or nothing."""
        for value in self.graph.objects(subject, predicate):
            if terms.datatype(value) == XSD + "date" and is_date(terms.lexical(value)):
                self.take(subject, predicate, value)
                return terms.lexical(value)
        return ""

    def address(self, subject: Term, predicate: Term) -> str:
        """A web address, or nothing."""
        for value in self.graph.objects(subject, predicate):
            found = terms.lexical(value)
            if found.startswith(("http://", "https://")) and not any(c in found for c in ' <>"{}|\\^`\n\t\r'):
                if terms.datatype(value) == XSD + "anyURI":
                    self.take(subject, predicate, value)
                return found
        return ""

    def take(self, subject: Term, predicate: Term, *values: Term) -> None:
        """These statements are in the file."""
        self._taken.update((subject, predicate, value) for value in values)

    def lose(self, at: Term, what: Texts, value: str = "") -> None:
        """Something else that is lost, or that the target asks for and nobody says."""
        if Loss(at, what, value) not in self._extra:
            self._extra.append(Loss(at, what, value))

    def losses(self) -> tuple[Loss, ...]:
        """Every statement of the data on what is written that was not taken, and every thing that is not written."""
        return (*self._extra, *self._statements(), *self._others())

    def _statements(self) -> Iterator[Loss]:
        for subject in sorted(self._things & self.wanted.given):
            for predicate, value in self.graph.out(subject):
                if (subject, predicate, value) not in self._taken:
                    yield Loss(subject, self._said(_NO_PLACE, predicate), _short(value))

    def _others(self) -> Iterator[Loss]:
        if self.wanted.about:
            return
        noted = {loss.at for loss in self._extra}
        for subject in sorted(self.wanted.given - self._things - noted):
            kinds = self.graph.types(subject)
            yield Loss(subject, self._said(_NO_KIND, kinds[0]) if kinds else _NO_TYPE)

    def _said(self, pattern: Texts, term: Term) -> Texts:
        names = self.graph.texts(term, _LABEL)
        return {
            language: text.format(
                name=names.get(language) or self.graph.name(term, language),
                title=self._title.get(language) or self._title["en"],
            )
            for language, text in pattern.items()
        }


def is_plain(value: Term) -> bool:
    """Whether it is a text without a language that says something."""
    return terms.is_literal(value) and terms.datatype(value) == XSD + "string" and says(terms.lexical(value))


def decimal(value: Term) -> Decimal | None:
    """The number that a literal stands for."""
    if not terms.is_literal(value) or len(terms.lexical(value)) > 400:
        return None
    try:
        found = Decimal(terms.lexical(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found.adjusted() < 300 else None


def is_date(text: str) -> bool:
    """Whether it is year, month and day of a day that there is."""
    try:
        return len(text) == 10 and dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_moment(text: str) -> bool:
    """Whether it is a moment with its time zone (RFC 3339) that there is."""
    try:
        return bool(_MOMENT.fullmatch(text)) and dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _short(value: Term) -> str:
    text = terms.short(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
