"""The register: a framework's clauses and requirements, read from `clauses.ttl`."""

from __future__ import annotations

import re

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Clause, Framework, Grade, Requirement, Term
from mcqms_kg.rules import vocabulary


def read_framework(graph: GraphIndex, iri: Term) -> Framework:
    """The framework's register; raises `RulebookError` where an entry lacks what every entry has."""
    clauses = tuple(_clause(graph, c) for c in graph.subjects(mc("isClauseOf"), iri))
    if not clauses:
        raise RulebookError(f"{terms.short(iri)} has no clause", remedy="Look at the framework's clauses.ttl.")
    requirements = (_requirement(graph, r) for c in clauses for r in graph.subjects(mc("belongsToClause"), c.iri))
    return Framework(
        iri,
        terms.local_name(iri),
        graph.texts(iri, vocabulary.PREF_LABEL) or graph.texts(iri, vocabulary.RDFS_LABEL),
        tuple(sorted(clauses, key=lambda c: by_number(c.notation))),
        tuple(sorted(requirements, key=lambda r: by_number(r.notation))),
    )


def by_number(notation: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts 2 before 10, 8.1d before 8.2a, and numbers before letters."""
    parts = re.findall(r"\d+|[^\d.]+", notation)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _clause(graph: GraphIndex, iri: Term) -> Clause:
    return Clause(
        iri,
        _text(graph, iri, vocabulary.NOTATION),
        graph.texts(iri, vocabulary.PREF_LABEL),
        graph.value(iri, mc("isSubclauseOf")),
    )


def _requirement(graph: GraphIndex, iri: Term) -> Requirement:
    def codes(predicate: str, stem: str) -> tuple[str, ...]:
        return tuple(terms.local_name(v).removeprefix(stem) for v in graph.objects(iri, mc(predicate)))

    def one(predicate: str) -> Term:
        found = graph.value(iri, mc(predicate))
        if found is None:
            raise RulebookError(
                f"{terms.short(iri)} has no mc:{predicate}", remedy="Complete its entry in clauses.ttl."
            )
        return found

    return Requirement(
        iri=iri,
        notation=_text(graph, iri, vocabulary.NOTATION),
        clause=one("belongsToClause"),
        label=graph.texts(iri, vocabulary.PREF_LABEL),
        wording=graph.texts(iri, vocabulary.DEFINITION),
        rationale=graph.texts(iri, mc("rationale")),
        remedy=graph.texts(iri, mc("remedy")),
        grade=_grade(one("hasGrade"), iri),
        status=terms.local_name(one("hasStatus")).removeprefix("status-"),
        status_reason=graph.texts(iri, mc("statusReason")),
        subjects=codes("hasSubject", "subject-"),
        phases=codes("hasPhase", "pdca-"),
        principles=codes("hasPrinciple", "principle-"),
        source=_source(graph, iri),
        own_addition=_is_true(graph, iri, "isOwnAddition"),
        is_conditional=_is_true(graph, iri, "isConditional"),
    )


def _is_true(graph: GraphIndex, iri: Term, name: str) -> bool:
    found = graph.value(iri, mc(name))
    return found is not None and terms.lexical(found) == "true"


def _source(graph: GraphIndex, iri: Term) -> str:
    found = graph.value(iri, terms.iri("http://purl.org/dc/terms/source"))
    return terms.lexical(found) if found else ""


def _text(graph: GraphIndex, iri: Term, predicate: Term) -> str:
    found = graph.value(iri, predicate)
    if found is None:
        raise RulebookError(
            f"{terms.short(iri)} has no {terms.short(predicate)}", remedy="Complete its entry in clauses.ttl."
        )
    return terms.lexical(found)


def _grade(term: Term, owner: Term) -> Grade:
    if term not in vocabulary.GRADES:
        raise RulebookError(f"{terms.short(owner)} has the unknown grade {terms.short(term)}")
    return vocabulary.GRADES[term]
