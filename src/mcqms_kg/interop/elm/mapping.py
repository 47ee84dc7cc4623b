"""What a file says in the words of the model, taken over in ours, statement by statement with its place; what is left is lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.source import Source
from mcqms_kg.interop.elm.terms import KEYS, QUALITY_LINK, TYPES
from mcqms_kg.interop.json_object import says
from mcqms_kg.model import Loss, Term, Texts, Triple
from mcqms_kg.namespaces import HOME, SKOS, XSD

_HOURS = re.compile(r"PT(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.][0-9]{1,9})?)S)?")
_NUMBER = re.compile(r"[0-9]{1,12}([.][0-9]{1,9})?")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_CODE = re.compile(r"<https?://[^>]{1,190}>")
_SILENT = frozenset(
    terms.iri(iri) for iri in (SKOS + "inScheme", KEYS["credentialProfiles"][0], KEYS["credentialSchema"][0])
)
"""What says nothing of its own: the list a code is from, and the form of the file."""


class Understanding:
    """The file as it is taken over: what has been said so far, what was used for it, and which things were reached."""

    def __init__(self, source: Source) -> None:
        self.places = _with_wider_types(source.places)
        self.graph = GraphIndex(self.places)
        self.stated: dict[Triple, str] = {}
        self.losses = list(source.losses)
        self.used: set[Triple] = set()
        self.reached: set[Term] = set()

    def values(self, thing: Term, key: str) -> Iterator[tuple[Term, str]]:
        """What stands behind a key of the thing, each with its place; it counts as used."""
        predicate = terms.iri(KEYS[key][0])
        for value in self.graph.objects(thing, predicate):
            self.used.add((thing, predicate, value))
            yield value, self.places[thing, predicate, value]

    def is_a(self, thing: Term, *types: str) -> bool:
        return any(terms.iri(TYPES[name]) in self.graph.types(thing) for name in types)

    def reach(self, thing: Term) -> bool:
        """Whether the thing is reached for the first time."""
        first = thing not in self.reached
        self.reached.add(thing)
        return first

    def say(self, subject: Term, predicate: Term, value: Term, at: str) -> None:
        self.stated.setdefault((subject, predicate, value), at)

    def typed(self, thing: Term, type_: str, at: str) -> None:
        """Says what a thing is, on the line that says it where there are lines; of what is ours our own files say it."""
        if not terms.iri_text(thing).startswith(HOME):
            lines = [self.places[thing, TYPE, theirs] for theirs in self.graph.types(thing)]
            self.say(thing, TYPE, mc(type_), next((line for line in lines if line.startswith("line ")), at))

    def lose(self, at: str, what: Texts, value: Term | None = None) -> None:
        """Notes what is not taken over; only names on the web are repeated, because all else may be personal."""
        self.losses.append(Loss(at, what, terms.iri_text(value) if value and _CODE.fullmatch(value) else ""))

    def texts(self, thing: Term, key: str, subject: Term, predicate: Term) -> bool:
        """Takes texts over; whether there were any."""
        found = False
        for value, at in self.values(thing, key):
            if terms.is_literal(value) and says(terms.lexical(value)):
                self.say(subject, predicate, value, at)
                found = True
            else:
                self.lose(at, phrases.WRONG_KIND)
        return found

    def note(self, thing: Term, key: str, subject: Term, predicate: Term) -> None:
        """Takes the text of notes over."""
        for note, _ in self.values(thing, key):
            self.reach(note)
            self.texts(note, "noteLiteral", subject, predicate)

    def literal(
        self, thing: Term, key: str, subject: Term, predicate: Term, read: Callable[[str], Term | None]
    ) -> None:
        """Takes the first literal over as `read` makes it."""
        for number, (value, at) in enumerate(self.values(thing, key)):
            made = read(terms.lexical(value)) if terms.is_literal(value) and not number else None
            if made:
                self.say(subject, predicate, made, at)
            else:
                self.lose(at, phrases.DURATION if key == "volumeOfLearning" and not number else phrases.WRONG_KIND)

    def page(self, thing: Term, subject: Term, but: tuple[Term, ...] = ()) -> None:
        """Takes the addresses of pages over, but not of those of others."""
        for page, at in self.values(thing, "homepage"):
            plain = address(terms.lexical(page)) if terms.is_literal(page) else None
            self.reach(page)
            if plain:
                self.say(subject, mc("publicPage"), plain, at)
            elif not list(self.values(page, "contentURL")):
                self.lose(at, phrases.WRONG_KIND)
            elif page not in but:
                self.literal(page, "contentURL", subject, mc("publicPage"), address)

    def rest(self) -> None:
        """Notes everything that was not used: what is said of things that were reached, and things that nothing leads to."""
        pointed = {o for _, p, o in self.places if p != TYPE}
        for (subject, predicate, value), at in self.places.items():
            if (subject, predicate, value) in self.used or predicate in _SILENT:
                continue
            if predicate == TYPE and (subject in self.reached or subject in pointed):
                continue
            if subject in self.reached or (predicate == TYPE and subject not in pointed):
                self.lose(at, phrases.NOT_TAKEN, value)


def _with_wider_types(places: Mapping[Triple, str]) -> dict[Triple, str]:
    """The statements, with a type of the model in the place of each of the profile of QualityLink."""
    found: dict[Triple, str] = {}
    for (subject, predicate, value), at in places.items():
        wider = QUALITY_LINK.get(terms.lexical(value)) if predicate == TYPE else None
        found.setdefault((subject, predicate, terms.iri(wider) if wider else value), at)
    return found


def day(text: str) -> Term | None:
    """The day of a point in time, as it is written."""
    try:
        dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
    return (
        terms.literal(text[:10], datatype=XSD + "date") if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){2}(T.*)?", text) else None
    )


def hours(text: str) -> Term | None:
    """A duration that is stated in hours, minutes and seconds, in hours."""
    found = _HOURS.fullmatch(text)
    if not found:
        return None
    amounts = (Fraction(amount or 0) / unit for amount, unit in zip(found.groups(), (1, 60, 3600), strict=True))
    exact = sum(amounts, Fraction(0))
    return _decimal(Decimal(exact.numerator) / Decimal(exact.denominator)) if exact else None


def number(text: str) -> Term | None:
    """A number above zero."""
    return _decimal(Decimal(text)) if _NUMBER.fullmatch(text) and Decimal(text) else None


def address(text: str) -> Term | None:
    """An address on the web."""
    return terms.literal(text, datatype=XSD + "anyURI") if _WEB.fullmatch(text) else None


def _decimal(value: Decimal) -> Term:
    text = f"{round(value, 9):f}"
    whole, _, rest = text.partition(".")
    return terms.literal(f"{whole}.{rest.rstrip('0') or '0'}", datatype=XSD + "decimal")
