"""CASE packages, as their publishers give them out."""

from __future__ import annotations

import re
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.digest import sha256
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.case.words import ELEMENT, OUTCOME, PUBLISHER, UNIT
from mcqms_kg.interop.json_object import Given, Reading, is_iri
from mcqms_kg.interop.json_read import read_json
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import DCTERMS, RDFS, SKOS, XSD
from mcqms_kg.settings import Settings

_LABEL, _NOTATION = terms.iri(RDFS + "label"), terms.iri(SKOS + "notation")
_DESCRIPTION, _MODIFIED = terms.iri(DCTERMS + "description"), terms.iri(DCTERMS + "modified")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DEEPEST = 50
_MATCHES = ("exactMatchOf", "isRelatedTo", "isPeerOf", "ext:isTiedTo")
_FLAT = {
    "en": "Items below the second level are taken as elements of the unit above them.",
    "id": "Butir di bawah tingkat kedua diambil sebagai elemen dari unit di atasnya.",
}
_KINDS = {"unit": "CompetencyUnit", "element": "CompetencyElement", "outcome": "LearningOutcome"}

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What a package says in our terms: an edition of a standard with its units and their elements, or learning outcomes."""
    value = read_json(path, called, settings)
    if not isinstance(value, dict) or not isinstance(value.get("CFDocument"), dict):
        raise UnreadableInput(
            "A package of CASE is an object with a CFDocument",
            place=Place(called),
            remedy="Give the whole package, as `CFPackages` of the service has it.",
        )
    reading = Reading(sha256(path))
    package = Given(value, "", reading)
    _Package(package, reading).read()
    package.finish()
    return reading.taken()


class _Package:
    """One package: its document, its items by what they are called there, and who stands below whom."""

    def __init__(self, package: Given, reading: Reading) -> None:
        self._reading = reading
        self._document = next(iter(package.objects("CFDocument")))
        self._items = list(package.objects("CFItems"))
        self._links = list(package.objects("CFAssociations"))
        self._names: dict[str, Term] = {}
        self._language = str(self._document.value.get("language") or "")
        for given in (self._document, *self._items):
            self._call(given)
        self._own = frozenset(self._names.values())
        self._parents = self._above()
        whole = self._document.value.get("frameworkType") == OUTCOME
        self._outcomes = {self._named(i) for i in self._items if whole or i.value.get("CFItemType") == OUTCOME}

    def _call(self, given: Given) -> None:
        """What has an `identifier` is called by its IRI."""
        uri, found = given.value.get("uri"), given.value.get("identifier")
        term = terms.iri(uri) if isinstance(uri, str) and is_iri(uri) else self._reading.name(given.at)
        for name in (found, uri):
            if isinstance(name, str):
                self._names.setdefault(name, term)

    def _named(self, given: Given) -> Term:
        uri = given.value.get("uri")
        return (
            self._names.get(uri, self._reading.name(given.at)) if isinstance(uri, str) else self._reading.name(given.at)
        )

    def _end(self, link: Given, key: str) -> Term | None:
        """One end of an association: something of the package, or else an IRI."""
        node = link.value.get(key)
        if not isinstance(node, dict):
            return None
        for name in (node.get("identifier"), node.get("uri")):
            if isinstance(name, str) and name in self._names:
                return self._names[name]
        uri = node.get("uri")
        return terms.iri(uri) if isinstance(uri, str) and is_iri(uri) else None

    def _above(self) -> dict[Term, Term]:
        found: dict[Term, Term] = {}
        for link in self._links:
            ends = self._end(link, "originNodeURI"), self._end(link, "destinationNodeURI")
            if link.value.get("associationType") == "isChildOf" and ends[0] and ends[1] and ends[0] != ends[1]:
                found.setdefault(ends[0], ends[1])
        return found

    def read(self) -> None:
        document = self._named(self._document)
        if self._document.value.get("frameworkType") == OUTCOME:
            self._document.drop(*self._document.value)
        else:
            self._read_document(document)
        for item in self._items:
            self._read_item(item, document)
        for link in self._links:
            self._read_link(link)

    def _read_document(self, term: Term) -> None:
        given = self._document
        self._reading.say(term, TYPE, mc("CompetencyStandardEdition"), given.at)
        self._texts(given, term, {"title": _LABEL, "creator": PUBLISHER, "description": _DESCRIPTION})
        for at, text in given.strings("version"):
            self._reading.say(term, _NOTATION, terms.literal(text), at)
        self._changed(given, term)
        given.drop("identifier", "uri", "language", "caseVersion")
        given.finish()

    def _read_item(self, given: Given, document: Term) -> None:
        term = self._named(given)
        kind, above = self._kind(given, term, document)
        self._reading.say(term, TYPE, mc(_KINDS[kind]), given.at)
        if kind == "unit":
            self._reading.say(term, mc("isDefinedIn"), document, given.at)
        elif kind == "element":
            self._reading.say(term, mc("isElementOf"), above, given.at)
        self._texts(given, term, {"fullStatement": _LABEL, "notes": _DESCRIPTION})
        for at, text in given.strings("humanCodingScheme"):
            self._reading.say(term, _NOTATION, terms.literal(text), at)
        self._changed(given, term)
        given.drop("identifier", "uri", "language")
        if given.value.get("CFItemType") in (UNIT, ELEMENT, OUTCOME):
            given.drop("CFItemType")
        given.finish()

    def _kind(self, given: Given, term: Term, document: Term) -> tuple[str, Term]:
        """What the item is: it hangs on the document as a unit, or on a unit as an element of it."""
        if term in self._outcomes:
            return "outcome", document
        chain: list[Term] = []
        here = term
        while len(chain) < _DEEPEST and (here := self._parents.get(here, document)) not in (document, term, *chain):
            chain.append(here)
        if len(chain) > 1:
            self._reading.lose(given.at, given.value.get("fullStatement"), _FLAT)
        known = [above for above in chain if above in self._own]
        return ("element", known[-1]) if known else ("unit", document)

    def _texts(self, given: Given, term: Term, keys: dict[str, Term]) -> None:
        own = given.value.get("language")
        tag = own if isinstance(own, str) and own else self._language
        for key, predicate in keys.items():
            for at, text in given.strings(key):
                literal = terms.literal(text, language=tag if _TAG.fullmatch(tag) else "")
                self._reading.say(term, predicate, literal, at)

    def _changed(self, given: Given, term: Term) -> None:
        for at, text in given.strings("lastChangeDateTime"):
            if not _MOMENT.fullmatch(text):
                self._reading.lose(at, text)
                continue
            self._reading.say(term, _MODIFIED, terms.literal(text, datatype=XSD + "dateTime"), at)

    def _read_link(self, link: Given) -> None:
        origin, destination = self._end(link, "originNodeURI"), self._end(link, "destinationNodeURI")
        type_ = link.value.get("associationType")
        own = self._own
        link.drop("identifier", "uri", "associationType", "originNodeURI", "destinationNodeURI", "CFDocumentURI")
        link.drop("lastChangeDateTime")
        if type_ == "isChildOf" and origin in own and origin and self._parents.get(origin) == destination:
            link.finish()
            return
        if type_ in _MATCHES and origin in own and destination and origin in self._outcomes:
            self._reading.say(origin, mc("isTiedTo"), destination, link.at)
            return
        self._reading.lose(link.at, f"{type_}: {destination or ''}")
