"""Reports of plain validation, which knows shapes and nothing of clauses: text and JSON."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Texts, ValidationReport, ValidationResult, sorted_results
from mcqms_kg.report.json import dumped, result_object, term
from mcqms_kg.report.text import heading, plain, rows
from mcqms_kg.report.words import SYMBOLS, Words


def write_json(report: ValidationReport, language: str) -> str:
    """The report as plain values; messages are in all their languages."""
    return dumped(
        {
            "formatVersion": "1.0",
            "language": Words(language).language,
            "conforms": report.conforms,
            "results": [result_object(result) for result in sorted_results(report.results)],
            "shapes": [
                {"shape": term(shape), "focusNodes": number, "engine": report.engines.get(shape)}
                for shape, number in sorted(report.focus_nodes.items())
            ],
            "passedOver": [term(one) for one in report.passed_over],
        }
    )


def write_text(report: ValidationReport, language: str) -> str:
    return plain(parts(report, Words(language)))


def render(report: ValidationReport, language: str, console: Console) -> None:
    """The same text on a terminal, with colours where it has them."""
    for part in parts(report, Words(language)):
        console.print(part)


def parts(report: ValidationReport, words: Words) -> Iterator[RenderableType]:
    """The parts of the report from top to bottom."""
    state = "conformant" if report.conforms else "nonconformant"
    yield Text(words("validation-title"), style="bold")
    yield Text(f"{SYMBOLS[state]} {words('conforms' if report.conforms else 'conforms-not')}")
    if not any(report.focus_nodes.values()):
        yield Text(f"{SYMBOLS['not-checked']} {words('no-focus')}")
    yield Text(words("count-results", count=len(report.results)))
    for number, result in enumerate(sorted_results(report.results), 1):
        yield heading(f"{number}. {words.node(result.focus)}")
        yield rows(_said(result, words), 2)
    if report.focus_nodes:
        yield heading(words("focus-nodes"))
        yield rows(((words.node(s), _run(report, s)) for s in sorted(report.focus_nodes)), 2)


def _said(result: ValidationResult, words: Words) -> list[tuple[str, str]]:
    return [
        (words("message"), words.of(_texts(result.messages))),
        (words("path"), result.path or ""),
        (words("value"), words.node(result.value) if result.value else ""),
        (words("constraint"), terms.short(result.component)),
        (words("shape"), words.node(result.source_shape)),
        (words("severity"), terms.short(result.severity)),
    ]


def _texts(messages: tuple[Term, ...]) -> Texts:
    return {terms.language(m): terms.lexical(m) for m in messages}


def _run(report: ValidationReport, shape: Term) -> str:
    engine = report.engines.get(shape)
    return f"{report.focus_nodes[shape]} ({engine})" if engine else str(report.focus_nodes[shape])
