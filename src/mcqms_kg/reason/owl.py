"""Consistency and classification: all files merged into one ontology, `owl:imports` never followed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.terms import iri, is_blank
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import OWL, RDF, RDFS
from mcqms_kg.reason.hermit import run_hermit

TYPE, SUBCLASS, SUBPROPERTY = iri(RDF + "type"), iri(RDFS + "subClassOf"), iri(RDFS + "subPropertyOf")
EQUIVALENT_CLASS, EQUIVALENT_PROPERTY = iri(OWL + "equivalentClass"), iri(OWL + "equivalentProperty")
THING, NOTHING, ONTOLOGY = iri(OWL + "Thing"), iri(OWL + "Nothing"), iri(OWL + "Ontology")

_PREDICATES = {
    "Type": TYPE,
    "SubClassOf": SUBCLASS,
    "SubObjectPropertyOf": SUBPROPERTY,
    "SubDataPropertyOf": SUBPROPERTY,
    "EquivalentClasses": EQUIVALENT_CLASS,
    "EquivalentObjectProperties": EQUIVALENT_PROPERTY,
    "EquivalentDataProperties": EQUIVALENT_PROPERTY,
}
_AXIOM = re.compile(r"^([A-Za-z]+)\( (.*) \)$", re.MULTILINE)
_VALUES = re.compile(r"^(<[^>]+>) \(known instances:(.*?)\| possible instances:", re.MULTILINE)
_PAIR = re.compile(r"\((<[^>]+>), (<[^>]+>)\)")
_NAME = re.compile(r"<[^>]+>|owl:\w+")
_BLANK = "urn:mcqms:blank:"


@dataclass(frozen=True)
class Classification:
    """What follows from an ontology and data: classes that can have no member, and the triples that were not asserted.

    `inferred` holds types, sub- and equivalent classes and properties, and values of object properties, in one fixed
    order. Both are empty where the ontology is inconsistent, because then everything follows.
    """

    consistent: bool
    unsatisfiable: tuple[Term, ...] = ()
    inferred: tuple[Triple, ...] = ()


def classify(
    files: Sequence[Path], data: Sequence[Path] = (), *, seconds: float = 300, megabytes: int = 2000
) -> Classification:
    """Classifies the ontology in `files` and, with it, the individuals in `data`."""
    asserted = (*_merged(files), *_named_blanks(_merged(data)))
    output = run_hermit("".join(f"{s} {p} {o} .\n" for s, p, o in asserted), seconds=seconds, megabytes=megabytes)
    if output is None:
        return Classification(consistent=False)
    stated = set(_stated(output))
    unsatisfiable = tuple(sorted({s for s, p, o in stated if p == EQUIVALENT_CLASS and o == NOTHING}))
    inferred = _closed({*stated, *asserted}) - set(asserted)
    return Classification(True, unsatisfiable, tuple(sorted(_with_blanks(t) for t in inferred if _tells(t))))


def _merged(files: Sequence[Path]) -> tuple[Triple, ...]:
    """The statements of all files without the headers, which alone name other files to import."""
    triples = read_triples(files)
    headers = {s for s, p, o in triples if p == TYPE and o == ONTOLOGY}
    return tuple(t for t in triples if t[0] not in headers)


def _named_blanks(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Blank nodes of data get names, because HermiT says nothing about individuals without one."""
    for s, p, o in triples:
        yield _named(s), p, _named(o)


def _named(term: Term) -> Term:
    return iri(_BLANK + term[2:]) if is_blank(term) else term


def _with_blanks(triple: Triple) -> Triple:
    s, p, o = (Term(f"_:{t[1 + len(_BLANK) : -1]}") if t.startswith(f"<{_BLANK}") else t for t in triple)
    return s, p, o


def _stated(output: str) -> Iterator[Triple]:
    """The triples that HermiT printed: axioms, one a line, and the known pairs of each object property."""
    for kind, arguments in _AXIOM.findall(output):
        # What HermiT says of inverses it also says of the properties themselves.
        if kind in _PREDICATES and "ObjectInverseOf" not in arguments:
            names = [_full(name) for name in _NAME.findall(arguments)]
            pairs = permutations(names, 2) if kind.startswith("Equivalent") else [(names[0], names[1])]
            yield from ((s, _PREDICATES[kind], o) for s, o in pairs)
    for name, known in _VALUES.findall(output):
        yield from ((Term(s), Term(name), Term(o)) for s, o in _PAIR.findall(known))


def _full(name: str) -> Term:
    return iri(OWL + name.removeprefix("owl:")) if name.startswith("owl:") else Term(name)


def _tells(triple: Triple) -> bool:
    """Whether a triple is news: not about the top and bottom of OWL, and not about an anonymous class expression."""
    return not any(is_blank(term) or term.startswith(f"<{OWL}") for term in (triple[0], triple[2]))


def _closed(triples: set[Triple]) -> set[Triple]:
    """With every class and property above those that HermiT prints, which are the nearest ones only."""
    classes = _above(triples, SUBCLASS, EQUIVALENT_CLASS)
    properties = _above(triples, SUBPROPERTY, EQUIVALENT_PROPERTY)
    return (
        triples
        | {(s, p, higher) for s, p, o in triples if p == TYPE for higher in _all_above(o, classes)}
        | {(s, higher, o) for s, p, o in triples if p in properties for higher in _all_above(p, properties)}
        | {(s, SUBCLASS, higher) for s in classes for higher in _all_above(s, classes) if higher != s}
        | {(s, SUBPROPERTY, higher) for s in properties for higher in _all_above(s, properties) if higher != s}
    )


def _above(triples: Iterable[Triple], *predicates: Term) -> Mapping[Term, set[Term]]:
    found: dict[Term, set[Term]] = defaultdict(set)
    for s, p, o in triples:
        if p in predicates and not is_blank(o):
            found[s].add(o)
    return found


def _all_above(term: Term, above: Mapping[Term, set[Term]]) -> set[Term]:
    found: set[Term] = set()
    waiting = list(above.get(term, ()))
    while waiting:
        higher = waiting.pop()
        if higher not in found:
            found.add(higher)
            waiting.extend(above.get(higher, ()))
    return found
