"""A plain validation as an Excel workbook: summary, results to filter, and the shapes with what they met."""

from __future__ import annotations

import datetime as dt

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, ValidationReport, ValidationResult, sorted_results
from mcqms_kg.report.words import Words
from mcqms_kg.report.xlsx_tables import Cell, Link, Sheet, written

_NO_DAY = dt.date(2000, 1, 1)
"""A validation is of no day, and the same one gives the same bytes."""


def write(report: ValidationReport, language: str) -> bytes:
    words = Words(language)
    met = any(report.focus_nodes.values())
    summary: list[list[Cell]] = [
        [words("focus-nodes"), sum(report.focus_nodes.values()) if met else words("no-focus")],
        [words("results"), len(report.results)],
    ]
    names = ("severity", "focus", "path", "value", "message", "constraint", "shape")
    columns = list(zip(map(words, names), (14, 50, 40, 30, 60, 36, 50), strict=True))
    shapes: list[list[Cell]] = [
        [_node(shape, words), number, report.engines.get(shape, "")]
        for shape, number in sorted(report.focus_nodes.items())
    ]
    shape_columns = [(words("shape"), 60), (words("focus-nodes"), 24), (words("engine"), 20)]
    verdict = words("conforms" if report.conforms else "conforms-not")
    sheets = [
        Sheet(words("summary"), [(words("validation-title"), 40), (verdict, 60)], summary, has_filter=False),
        Sheet(words("results"), columns, [_row(result, words) for result in sorted_results(report.results)]),
        Sheet(words("shapes"), shape_columns, shapes),
    ]
    return written(sheets, words("validation-title"), _NO_DAY)


def _row(result: ValidationResult, words: Words) -> list[Cell]:
    messages = {terms.language(m): terms.lexical(m) for m in result.messages}
    return [
        terms.short(result.severity),
        _node(result.focus, words),
        result.path or "",
        terms.lexical(result.value) if result.value else "",
        words.of(messages),
        terms.short(result.component),
        _node(result.source_shape, words),
    ]


def _node(term: Term, words: Words) -> Cell:
    if terms.is_iri(term):
        return Link(terms.iri_text(term), terms.iri_text(term))
    return words.node(term)
