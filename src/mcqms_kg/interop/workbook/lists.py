"""Lists that everybody shares: codes, levels, competency units, editions, clauses and requirements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import LANGUAGES, TYPE, GraphIndex, in_language
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.workbook.grid import tidy
from mcqms_kg.model import Term, Texts, Triple
from mcqms_kg.namespaces import CODE, MC, RDFS, SKOS

_LABEL, _PREFERRED, _NOTATION, _SCHEME = (
    terms.iri(name) for name in (RDFS + "label", SKOS + "prefLabel", SKOS + "notation", SKOS + "inScheme")
)
_OF_CLASS = {
    "levels": "QualificationLevel",
    "units": "CompetencyUnit",
    "editions": "CompetencyStandardEdition",
    "clauses": "Clause",
    "requirements": "Requirement",
}
_FRAMEWORK = "mcqms"


@dataclass(frozen=True)
class Entry:
    """One choice: what stands for it in each language, and what else it goes by."""

    term: Term
    texts: Texts
    others: tuple[str, ...]

    def shown(self, language: str) -> str:
        """What the cell says."""
        return in_language(self.texts, language)


@cache
def background() -> tuple[Triple, ...]:
    """The ontology, the codes, the facts on frameworks, and the clauses."""
    return read_triples((*resources.background_files(), resources.shape_folder(_FRAMEWORK) / "clauses.ttl"))


@cache
def known() -> GraphIndex:
    """The same, for looking things up."""
    return GraphIndex(background())


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """The choices of a list, in the order of the files: a scheme of codes by its name, or one of the lists of facts."""
    return tuple(_entry(term, name) for term in _members(name))


@cache
def by_text(name: str) -> Mapping[str, tuple[Term, ...]]:
    """Whatever a choice goes by, in small letters, and the choices that go by it."""
    found: dict[str, dict[Term, None]] = {}
    for entry in entries(name):
        for text in (*entry.texts.values(), *entry.others):
            found.setdefault(tidy(text).casefold(), {})[entry.term] = None
    return {text: tuple(chosen) for text, chosen in found.items()}


@cache
def entry_of(name: str) -> Mapping[Term, Entry]:
    """The choices of a list by their term."""
    return {entry.term: entry for entry in entries(name)}


def _members(name: str) -> Iterator[Term]:
    wanted = (
        (TYPE, terms.iri(MC + _OF_CLASS[name])) if name in _OF_CLASS else (_SCHEME, terms.iri(CODE + name))
    )  # fmt: skip
    found = {s: None for s, p, o in background() if (p, o) == wanted}
    yield from sorted(found, key=_natural) if name in ("clauses", "requirements", "levels") else found


def _natural(term: Term) -> tuple[object, ...]:
    """Clause 10.1 comes after 9.3."""
    last = terms.iri_text(term).rpartition("/")
    parts = [part.zfill(3) if part.isdecimal() else part for part in last[2].split(".")]
    return (last[0], *parts)


def _entry(term: Term, name: str) -> Entry:
    index = known()
    labels = index.texts(term, _PREFERRED) or index.texts(term, _LABEL)
    notations = [terms.lexical(value) for value in index.objects(term, _NOTATION)]
    others = (*notations, *labels.values(), terms.local_name(term))
    if name == "levels":
        return Entry(term, dict.fromkeys(LANGUAGES, notations[0]), others)
    numbered = name in ("units", "clauses", "requirements") and notations
    texts = {language: f"{notations[0]} {text}" if numbered else _capital(text) for language, text in labels.items()}
    return Entry(term, texts, others)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
