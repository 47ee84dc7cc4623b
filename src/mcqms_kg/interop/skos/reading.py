"""SKOS of others as code lists: schemes, their concepts and collections, names, notes, and what stands above and beside what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mcqms_kg.errors import EmptyInput, Place
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.json_object import says
from mcqms_kg.interop.rdf_places import placed
from mcqms_kg.model import Loss, Stated, Taken, Term, Texts, Triple
from mcqms_kg.namespaces import DCTERMS, HOME, RDFS, SKOS
from mcqms_kg.settings import Settings

_KINDS = ("ConceptScheme", "Concept", "Collection", "OrderedCollection")
_TEXTS = (
    *("prefLabel", "altLabel", "hiddenLabel", "notation", "definition", "scopeNote", "editorialNote", "example"),
    *("note", "changeNote", "historyNote"),
)
_LINKS = (
    *("inScheme", "topConceptOf", "broader", "related", "member"),
    *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
)
_TURNED = {"narrower": "broader", "hasTopConcept": "topConceptOf"}
"""Said from the other end: the graph has one direction only."""
_NAMES = tuple(terms.iri(iri) for iri in (DCTERMS + "title", RDFS + "label"))
_ABOUT = terms.iri(DCTERMS + "description")
_NO_PLACE: Texts = {
    "en": "This is none of what is taken over of a code list.",
    "id": "Ini bukan bagian daftar kode yang diambil alih.",
}
_SECOND: Texts = {
    "en": "There is a preferred name in this language already; SKOS allows one (S14).",
    "id": "Sudah ada nama utama dalam bahasa ini; SKOS mengizinkan satu (S14).",
}
_OURS: Texts = {
    "en": "This is of our own code lists, and known already.",
    "id": "Ini dari daftar kode kami sendiri, dan sudah dikenal.",
}
_BLANK: Texts = {
    "en": "What has no address of its own cannot be named from outside, so it is not taken over.",
    "id": "Yang tidak mempunyai alamat sendiri tidak dapat disebut dari luar, sehingga tidak diambil alih.",
}


def skos(name: str) -> Term:
    """A term of SKOS."""
    return terms.iri(SKOS + name)


_IS = {skos(name) for name in _KINDS}
_SAID = {skos(name) for name in _TEXTS}
_LINKED = {skos(name) for name in _LINKS}
_BACK = {skos(name): skos(other) for name, other in _TURNED.items()}


def read(path: Path, called: str, settings: Settings) -> Taken:
    """The code lists in an RDF file; raises `EmptyInput` where there is none in it."""
    del settings  # the bounds of RDF are kept where it is read
    places = placed(path, called)
    things = {s for s, p, o in places if p == TYPE and o in _IS and terms.is_iri(s)}
    things |= {s for s, p, _ in places if p in (skos("inScheme"), skos("topConceptOf")) and terms.is_iri(s)}
    if not things:
        raise EmptyInput(
            "The file holds no concept scheme and no concept of SKOS",
            place=Place(called),
            remedy="Give a vocabulary, or read the file as the RDF that it is.",
        )
    named = _preferred(places, things)
    stated: dict[Triple, str] = {}
    losses: list[Loss] = []
    for triple, at in places.items():
        found = _taken(triple, things, named)
        if isinstance(found, Loss):
            losses.append(Loss(at, found.what, found.value))
        else:
            for one in found:
                stated.setdefault(one, at)
    return Taken(tuple(Stated(t, at) for t, at in stated.items()), tuple(losses))


def _taken(triple: Triple, things: set[Term], named: Mapping[tuple[Term, str], Term]) -> tuple[Triple, ...] | Loss:
    """What is said of a thing of SKOS in the one way in which our own code lists say it, or why not."""
    subject, predicate, value = triple
    if subject not in things:
        return _lost(subject, value)
    if terms.iri_text(subject).startswith(HOME):
        return Loss("", _OURS, terms.short(subject)) if predicate == TYPE else ()  # told once for each thing
    if predicate == TYPE and value in _IS:
        return (triple,)
    if predicate in _SAID and terms.is_literal(value) and says(terms.lexical(value)):
        if predicate == skos("prefLabel") and named[subject, terms.language(value)] != value:
            return Loss("", _SECOND, terms.lexical(value)[:80])
        return (triple,)
    if predicate in _LINKED and terms.is_iri(value):
        return _linked(triple)
    if predicate in _BACK and value in things:
        return _linked((value, _BACK[predicate], subject))
    return _named_otherwise(triple, named)


def _linked(triple: Triple) -> tuple[Triple, ...]:
    """A top concept of a scheme is in it (S7)."""
    subject, predicate, value = triple
    return (triple, (subject, skos("inScheme"), value)) if predicate == skos("topConceptOf") else (triple,)


def _named_otherwise(triple: Triple, named: Mapping[tuple[Term, str], Term]) -> tuple[Triple, ...] | Loss:
    """A title or label stands for the preferred name where there is none, and a description for the definition."""
    subject, predicate, value = triple
    if terms.is_literal(value) and says(terms.lexical(value)):
        if predicate in _NAMES and named.get((subject, terms.language(value))) == value:
            return ((subject, skos("prefLabel"), value),)
        if predicate == _ABOUT:
            return ((subject, skos("definition"), value),)
    return _lost(subject, value)


def _lost(subject: Term, value: Term) -> Loss:
    text = terms.lexical(value)
    return Loss("", _BLANK if terms.is_blank(subject) else _NO_PLACE, "" if terms.is_blank(value) else text[:80])


def _preferred(places: Mapping[Triple, str], things: set[Term]) -> Mapping[tuple[Term, str], Term]:
    """The one preferred name of each thing in each language: the first, and only where there is none the title or label."""
    found: dict[tuple[Term, str], Term] = {}
    for predicate in (skos("prefLabel"), *_NAMES):
        for subject, value in _ordered(places, predicate):
            if subject in things and terms.is_literal(value) and says(terms.lexical(value)):
                found.setdefault((subject, terms.language(value)), value)
    return found


def _ordered(places: Mapping[Triple, str], predicate: Term) -> Iterator[tuple[Term, Term]]:
    yield from sorted((s, o) for s, p, o in places if p == predicate)
