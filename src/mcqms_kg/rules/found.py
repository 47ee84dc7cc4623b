"""What the data says instead of what is asked, as a sentence in English and Indonesian."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import LANGUAGES, GraphIndex
from mcqms_kg.model import Term, Texts, Triple, ValidationResult
from mcqms_kg.rules.words import sh

_SENTENCES = {
    "nothing": {
        "en": "Nothing is recorded for “{path}”.",
        "id": "Tidak ada catatan untuk “{path}”.",
    },
    "none fits": {
        "en": "Recorded for “{path}”: {values}. None of it meets what is asked.",
        "id": "Tercatat untuk “{path}”: {values}. Tidak satu pun memenuhi yang diminta.",
    },
    "value": {
        "en": "“{path}” is {value}.",
        "id": "“{path}” adalah {value}.",
    },
    "values": {
        "en": "Recorded for “{path}”: {values}.",
        "id": "Tercatat untuk “{path}”: {values}.",
    },
    "node with value": {
        "en": "“{focus}”, because of {value}.",
        "id": "“{focus}”, karena {value}.",
    },
    "node": {
        "en": "“{focus}” does not meet this.",
        "id": "“{focus}” tidak memenuhi ini.",
    },
}
_MOST_VALUES = 5
_STEP = re.compile(r"(\^?)\(?<([^<>]+)>")
_ABOUT_VALUES = {sh(f"{name}ConstraintComponent") for name in ("QualifiedMinCount", "HasValue")}


def found_texts(result: ValidationResult, graph: GraphIndex, behind: Sequence[Triple]) -> Texts:
    """The sentence that fits the result, with labels in place of IRIs."""
    return {language: _sentence(result, graph, behind, language) for language in LANGUAGES}


def _sentence(result: ValidationResult, graph: GraphIndex, behind: Sequence[Triple], language: str) -> str:
    values = _values(result, behind)
    shown = ", ".join(_show(graph, v, language) for v in values[:_MOST_VALUES])
    if len(values) > _MOST_VALUES:
        shown += ", …"
    return _SENTENCES[_kind(result, values)][language].format(
        focus=graph.name(result.focus, language),
        path=path_words(result.path or "", graph, language),
        value=_show(graph, result.value, language) if result.value else "",
        values=shown,
    )


def _kind(result: ValidationResult, values: Sequence[Term]) -> str:
    if not result.path:
        return "node with value" if result.value and result.value != result.focus else "node"
    if result.value:
        return "value"
    if not values:
        return "nothing"
    return "none fits" if result.component in _ABOUT_VALUES else "values"


def _values(result: ValidationResult, behind: Sequence[Triple]) -> list[Term]:
    """The nodes at the end of the path, as far as the triples behind the result show them."""
    steps = _STEP.findall(result.path or "")
    if not steps:
        return []
    inverse, last = steps[-1]
    ends = (t[0] if inverse else t[2] for t in behind if t[1] == terms.iri(last))
    return list(dict.fromkeys(ends))


def _show(graph: GraphIndex, term: Term, language: str) -> str:
    return graph.name(term, language) if terms.is_literal(term) else f"“{graph.name(term, language)}”"


def path_words(path: str, graph: GraphIndex, language: str) -> str:
    """The path in words: the labels of its properties, a step back marked by the word for it."""
    back = {"en": "of", "id": "dari"}[language]
    steps = (
        f"← {graph.name(terms.iri(iri), language)}" if inverse else graph.name(terms.iri(iri), language)
        for inverse, iri in _STEP.findall(path)
    )
    return f" {back} ".join(reversed(list(steps)))
