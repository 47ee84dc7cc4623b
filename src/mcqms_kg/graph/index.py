"""Triples indexed both ways, for looking things up: values, labels, texts, lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Texts, Triple
from mcqms_kg.namespaces import DCTERMS, RDF, RDFS, SKOS

TYPE = terms.iri(RDF + "type")
_FIRST, _REST, _NIL = (terms.iri(RDF + name) for name in ("first", "rest", "nil"))
_NAMES = tuple(terms.iri(i) for i in (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title", SKOS + "notation"))
LANGUAGES = ("en", "id")


class GraphIndex:
    """A set of triples that answers what stands before and after each term; never changed once built."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._out: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        self._in: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        for s, p, o in triples:
            self._out[s].append((p, o))
            self._in[o].append((p, s))

    def __contains__(self, subject: Term) -> bool:
        return subject in self._out

    def out(self, subject: Term) -> tuple[tuple[Term, Term], ...]:
        """Predicate and object of every triple about the subject, sorted."""
        return tuple(sorted(self._out.get(subject, ())))

    def into(self, object_: Term) -> tuple[tuple[Term, Term], ...]:
        """Predicate and subject of every triple that points at the object, sorted."""
        return tuple(sorted(self._in.get(object_, ())))

    def each_out(self, subject: Term) -> Iterable[tuple[Term, Term]]:
        """The same as `out` in no fixed order, for those who look at very many."""
        return self._out.get(subject, ())

    def each_into(self, object_: Term) -> Iterable[tuple[Term, Term]]:
        """The same as `into` in no fixed order."""
        return self._in.get(object_, ())

    def subjects(self, predicate: Term, object_: Term) -> tuple[Term, ...]:
        return tuple(sorted(s for p, s in self._in.get(object_, ()) if p == predicate))

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        return tuple(sorted(o for p, o in self._out.get(subject, ()) if p == predicate))

    def value(self, subject: Term, predicate: Term) -> Term | None:
        """The first value in order, or nothing."""
        found = self.objects(subject, predicate)
        return found[0] if found else None

    def instances(self, type_: Term) -> tuple[Term, ...]:
        return self.subjects(TYPE, type_)

    def types(self, subject: Term) -> tuple[Term, ...]:
        return self.objects(subject, TYPE)

    def all_subjects(self) -> Iterator[Term]:
        return iter(self._out)

    def texts(self, subject: Term, predicate: Term) -> Texts:
        """The literals of a predicate by language, without those that hold nothing but blanks."""
        literals = (o for o in self.objects(subject, predicate) if terms.is_literal(o))
        return {terms.language(o): text for o in literals if (text := terms.lexical(o)).strip(" \t\n\r")}

    def collection(self, head: Term) -> tuple[Term, ...]:
        """The members of an RDF list; a loop in it ends it."""
        members: list[Term] = []
        seen: set[Term] = set()
        node: Term | None = head
        while node is not None and node != _NIL and node not in seen:
            seen.add(node)
            members += self.objects(node, _FIRST)
            node = self.value(node, _REST)
        return tuple(members)

    def name(self, term: Term, language: str = "en") -> str:
        """What a reader would call the term: its label in the language, in another one, else the end of its IRI."""
        if terms.is_literal(term):
            return terms.lexical(term)
        for predicate in _NAMES:
            found = self.texts(term, predicate)
            if found:
                return in_language(found, language)
        return terms.readable(term) if terms.is_iri(term) else self._of_blank(term, language)

    def _of_blank(self, term: Term, language: str) -> str:
        """A blank node has no name of its own: say what it is and whose."""
        kinds = [self.name(t, language) for t in self.types(term) if not terms.is_blank(t)]
        owners = [(p, s) for p, s in self.into(term) if terms.is_iri(s)]
        kind = kinds[0] if kinds else "…"
        if not owners:
            return f"({kind})"
        predicate, owner = owners[0]
        return f"{kind} ({self.name(owner, language)} – {self.name(predicate, language)})"


def in_language(texts: Texts, language: str) -> str:
    """The text in the language asked for, else in English, else without a language, else in any."""
    for tag in (language, *LANGUAGES, ""):
        if tag in texts:
            return texts[tag]
    return texts[min(texts)] if texts else ""
