"""What generated credentials rest on: units and decrees of SKKNI and levels of KKNI, as shipped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME, MC, RDFS

_DEFINED_IN, _LABEL = terms.iri(MC + "isDefinedIn"), terms.iri(RDFS + "label")
_LEVEL_OF, _LEVEL_NUMBER = terms.iri(MC + "isLevelOf"), terms.iri(MC + "levelNumber")
_KKNI = terms.iri(HOME + "kkni/framework")


@dataclass(frozen=True)
class Unit:
    """A unit of competency with its title in Indonesian."""

    iri: Term
    title: str


@dataclass(frozen=True)
class Field:
    """An occupational field: a decree, what it is about, and its units."""

    decree: Term
    english: str
    indonesian: str
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Facts:
    """The fields in the order of their decrees, and the levels of KKNI by number."""

    fields: tuple[Field, ...]
    levels: dict[int, Term]


@cache
def facts() -> Facts:
    """The facts, read once."""
    triples = read_triples(resources.framework_fact_files())
    labels = {(s, terms.language(o)): terms.lexical(o) for s, p, o in triples if p == _LABEL}
    numbers = {s: int(terms.lexical(o)) for s, p, o in triples if p == _LEVEL_NUMBER}
    units: dict[Term, list[Unit]] = {}
    for unit, decree in sorted((s, o) for s, p, o in triples if p == _DEFINED_IN):
        units.setdefault(decree, []).append(Unit(unit, _escaped(labels[unit, "id"])))
    fields = tuple(_field(decree, labels, tuple(units[decree])) for decree in sorted(units))
    return Facts(fields, {numbers[s]: s for s, p, o in triples if p == _LEVEL_OF and o == _KKNI})


def _field(decree: Term, labels: dict[tuple[Term, str], str], units: tuple[Unit, ...]) -> Field:
    """What a decree is about is its label without the name of the series and the number."""
    english = labels[decree, "en"].removeprefix("SKKNI: ").partition(" (decree")[0]
    indonesian = labels[decree, "id"].removeprefix("SKKNI ").partition(" (Keputusan")[0]
    return Field(decree, _escaped(english), _escaped(indonesian), units)


def _escaped(words: str) -> str:
    return terms.literal(words)[1:-1]
