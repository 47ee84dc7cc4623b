"""What the data says instead of what is asked, as a sentence in English and Indonesian."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import LANGUAGES, GraphIndex, in_language
from mcqms_kg.graph.terms import iri
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Texts, ValidationResult
from mcqms_kg.model.countries import country_name
from mcqms_kg.namespaces import DCTERMS
from mcqms_kg.rules.shape_properties import Step, candidates, path_steps, shape_properties, steps_taken, values_at
from mcqms_kg.rules.vocabulary import RDF_TYPE, RDFS_LABEL, sh

_SENTENCES = {
    "nothing": {"en": "Nothing is recorded for {path}.", "id": "Tidak ada catatan untuk {path}."},
    "none such": {
        "en": "Nothing of that kind is recorded for {path}.",
        "id": "Tidak ada catatan semacam itu untuk {path}.",
    },
    "none fits": {"en": "Recorded for {path}: {values}.", "id": "Tercatat untuk {path}: {values}."},
    "value": {"en": "Recorded for {path}: {value}.", "id": "Tercatat untuk {path}: {value}."},
    "facts": {"en": "“{focus}” has {values}.", "id": "“{focus}” memiliki {values}."},
    "because": {
        "en": "“{focus}” does not meet this because of {value}.",
        "id": "“{focus}” tidak memenuhi ini karena {value}.",
    },
    "node": {"en": "“{focus}” does not meet this.", "id": "“{focus}” tidak memenuhi ini."},
}
_OF = {"en": "of {what}", "id": "dari {what}"}
_BACK = {"en": "“{label}” by something", "id": "“{label}” oleh sesuatu"}
_WELL_KNOWN: Mapping[Term, Texts] = {
    RDF_TYPE: {"en": "kind", "id": "jenis"},
    RDFS_LABEL: {"en": "name", "id": "nama"},
    iri(DCTERMS + "source"): {"en": "source", "id": "sumber"},
}
"""Properties of other vocabularies that shapes look at; ours carry labels of their own."""
_TO_COUNTRIES: Sequence[Step] = ((False, mc("country")), (False, mc("countryOfOperation")))
_NOTHING = {"en": "nothing", "id": "tidak ada"}
_MORE = {"en": "and {n} more", "id": "dan {n} lainnya"}
_MOST_VALUES = 4


def found_texts(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex) -> Texts:
    """The sentence that fits the result, with labels in place of IRIs, and what is recorded for what the shape looks at."""
    return {language: _sentence(result, graph, shapes, language) for language in LANGUAGES}


def _sentence(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex, language: str) -> str:
    kind, shown = _shown(result, graph, shapes, language)
    return _SENTENCES[kind][language].format(
        focus=graph.name(result.focus, language),
        path=_path_words(steps_taken(graph, shapes, result), graph, language),
        value=_show(graph, result.value, language, steps_taken(graph, shapes, result)) if result.value else "",
        values=shown,
    )


def _shown(result: ValidationResult, graph: GraphIndex, shapes: GraphIndex, language: str) -> tuple[str, str]:
    """Which sentence fits, and the values it lists."""
    path = shapes.value(result.source_shape, sh("path"))
    if path is None:
        if result.value and result.value != result.focus:
            return "because", ""
        facts = _facts(graph, result.focus, shape_properties(shapes, result.source_shape).paths, language)
        return ("facts", "; ".join(facts)) if facts else ("node", "")
    if result.value:
        return "value", ""
    values = values_at(graph, result.focus, path_steps(shapes, path))
    wanted = shapes.value(result.source_shape, sh("qualifiedValueShape"))
    if not values:
        return "nothing", ""
    if wanted is None:
        return "none fits", _values(graph, values, path_steps(shapes, path), language)
    meant = candidates(graph, values, shape_properties(shapes, wanted))
    shown = [_with_facts(graph, node, shape_properties(shapes, wanted).paths, language) for node in meant]
    return ("none fits", _list(shown, language)) if shown else ("none such", "")


def _with_facts(graph: GraphIndex, node: Term, paths: Sequence[Sequence[Step]], language: str) -> str:
    facts = "; ".join(_facts(graph, node, paths, language))
    return _show(graph, node, language) + (f" ({facts})" if facts else "")


def _facts(graph: GraphIndex, node: Term, paths: Sequence[Sequence[Step]], language: str) -> list[str]:
    """For each path: its words, and what is recorded there."""
    found = []
    for steps in paths:
        values = values_at(graph, node, steps)
        recorded = _values(graph, values, steps, language) if values else _NOTHING[language]
        found.append(f"{_path_words(steps, graph, language)}: {recorded}")
    return found


def _values(graph: GraphIndex, values: Sequence[Term], steps: Sequence[Step], language: str) -> str:
    """The values for reading; of texts in several languages those in that of the reader, where there are such."""
    own = [v for v in values if not terms.language(v) or terms.language(v) == language]
    is_told = any(terms.language(v) == language for v in values)
    return _list([_show(graph, v, language, steps) for v in (own if is_told else values)], language)


def _list(shown: Sequence[str], language: str) -> str:
    more = len(shown) - _MOST_VALUES
    return ", ".join([*shown[:_MOST_VALUES], *([_MORE[language].format(n=more)] if more > 0 else [])])


def _show(graph: GraphIndex, term: Term, language: str, steps: Sequence[Step] = ()) -> str:
    """A value for reading; `steps` are those that lead to it, by which a country is known from other letters."""
    if not terms.is_literal(term):
        return f"“{graph.name(term, language)}”"
    text = graph.name(term, language)
    return country_name(text, language) if steps and steps[-1] in _TO_COUNTRIES else text


def _path_words(steps: Sequence[Step], graph: GraphIndex, language: str) -> str:
    """The path in words, its last property first: “has phase” of what “belongs to” it."""
    words = [_step_words(step, graph, language) for step in reversed(steps)]
    return " ".join(words[:1] + [_OF[language].format(what=w) for w in words[1:]])


def _step_words(step: Step, graph: GraphIndex, language: str) -> str:
    back, predicate = step
    if not back:
        return f"“{_WELL_KNOWN.get(predicate, {}).get(language) or graph.name(predicate, language)}”"
    read_backwards = graph.texts(predicate, mc("inverseLabel"))
    if read_backwards:
        return f"“{in_language(read_backwards, language)}”"
    return _BACK[language].format(label=graph.name(predicate, language))
