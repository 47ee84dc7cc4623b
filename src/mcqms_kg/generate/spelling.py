"""RDF terms as N-Quads text, spelt quickly: every word here is ours or already escaped."""

from __future__ import annotations

from functools import lru_cache

from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, DCTERMS, HOME, MC, RDF, RDFS, SKOS, XSD

_REUSED = {
    "type": RDF + "type",
    "label": RDFS + "label",
    "description": DCTERMS + "description",
    "source": DCTERMS + "source",
    "issued": DCTERMS + "issued",
    "notation": SKOS + "notation",
}


class _Properties(dict[str, str]):
    """Property name to term: a few names of other vocabularies, and every other name is one of ours."""

    def __missing__(self, name: str) -> str:
        self[name] = f"<{_REUSED.get(name, MC + name)}>"
        return self[name]


PROPERTIES = _Properties()
"""`belongsTo` to `<https://w3id.org/mcqms/ns#belongsTo>`."""


@lru_cache(maxsize=1024)
def class_(name: str) -> Term:
    """A class of ours."""
    return Term(f"<{MC}{name}>")


@lru_cache(maxsize=1024)
def code(name: str) -> Term:
    """A concept of our code lists."""
    return Term(f"<{CODE}{name}>")


def codes(stem: str, *names: str) -> tuple[Term, ...]:
    """Several concepts of one list: `codes("stage-", "design", "validation")`."""
    return tuple(code(stem + name) for name in names)


@lru_cache(maxsize=64)
def clause(number: int) -> Term:
    """A clause of the baseline framework."""
    return Term(f"<{HOME}clause/{number}>")


@lru_cache(maxsize=64)
def requirement(number: str) -> Term:
    """A requirement of the baseline framework."""
    return Term(f"<{HOME}requirement/{number}>")


def text(english: str, indonesian: str) -> tuple[Term, Term]:
    """The same words in both languages; they hold nothing that has to be escaped."""
    return Term(f'"{english}"@en'), Term(f'"{indonesian}"@id')


def plain(words: str) -> Term:
    """A text without a language."""
    return Term(f'"{words}"')


@lru_cache(maxsize=4096)
def whole(number: int) -> Term:
    """A whole number."""
    return Term(f'"{number}"^^<{XSD}integer>')


@lru_cache(maxsize=4096)
def decimal(number: float) -> Term:
    """A decimal number, as Python prints it: two places at most come in."""
    return Term(f'"{number}"^^<{XSD}decimal>')


TRUE = Term(f'"true"^^<{XSD}boolean>')


def web(address: str) -> Term:
    """A web address as a literal."""
    return Term(f'"{address}"^^<{XSD}anyURI>')


def date(day: str) -> Term:
    """A date as it is written, be there such a day or not."""
    return Term(f'"{day}"^^<{XSD}date>')
