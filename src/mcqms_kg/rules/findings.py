"""Validation results in the words of the rulebook: named, explained, attributed, and found again in the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.blank_names import stable_names
from mcqms_kg.graph.index import LANGUAGES, GraphIndex
from mcqms_kg.model import Finding, Named, Term, Texts, Triple, ValidationResult
from mcqms_kg.rules.catalogue import ReportingShape, Rulebook
from mcqms_kg.rules.evidence import triples_behind
from mcqms_kg.rules.found import found_texts
from mcqms_kg.rules.ownership import Ownership


def findings_of(
    results: Iterable[ValidationResult],
    rulebook: Rulebook,
    graph: GraphIndex,
    triples: Sequence[Triple],
    ownership: Ownership,
) -> tuple[Finding, ...]:
    """A finding for each result of a reporting shape, ordered by requirement, shape and name of the focus node.

    `triples` are the submitted data; blank nodes among them get names that survive reordering. A finding names the provider
    that its focus node belongs to; none where several rely on it.
    """
    names = stable_names(triples)
    shapes = GraphIndex(rulebook.shapes)
    requirements = {r.iri: r for r in rulebook.framework.requirements}
    found: dict[str, Finding] = {}
    for result in results:
        shape = rulebook.reporting[result.source_shape]
        id_ = _free_id(finding_id(result, names), found)
        found[id_] = Finding(
            id=id_,
            requirement=requirements[shape.requirement],
            grade=shape.grade,
            result=result,
            focus=named(graph, result.focus),
            provider=_one_of(graph, ownership.of(result.focus)),
            expected=_expected(shape, result),
            found=found_texts(result, graph, shapes),
            triples=triples_behind(result, graph, shapes),
        )
    order = {r.iri: number for number, r in enumerate(rulebook.framework.requirements)}
    return tuple(
        sorted(found.values(), key=lambda f: (order[f.requirement.iri], f.result.source_shape, f.focus.term, f.id))
    )


def finding_id(result: ValidationResult, names: Mapping[Term, str]) -> str:
    """Sixteen hexadecimal digits from shape, focus node, path and value."""

    def stable(term: Term | None) -> str:
        return names.get(term, term) if term else ""

    said = (result.source_shape, stable(result.focus), result.path or "", stable(result.value))
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _free_id(id_: str, taken: Mapping[str, Finding]) -> str:
    """The id, or the id with a number where nodes that cannot be told apart share it."""
    number, free = 2, id_
    while free in taken:
        free, number = f"{id_}-{number}", number + 1
    return free


def named(graph: GraphIndex, term: Term) -> Named:
    """The node with its name in every language of ours."""
    return Named(term, {language: graph.name(term, language) for language in LANGUAGES})


def _one_of(graph: GraphIndex, providers: Sequence[Term]) -> Named | None:
    return named(graph, providers[0]) if len(providers) == 1 else None


def _expected(shape: ReportingShape, result: ValidationResult) -> Texts:
    """What the shape asks: its own messages; for a SPARQL constraint the engine's, where variables are filled in."""
    said = {terms.language(m): terms.lexical(m) for m in result.messages if terms.language(m) in shape.messages}
    return {**shape.messages, **said}
