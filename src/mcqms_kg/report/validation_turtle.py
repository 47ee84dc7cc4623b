"""The W3C validation report. It is written more often than the others, so it waits for no library."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import chain

from mcqms_kg.model import ValidationReport, ValidationResult, sorted_results
from mcqms_kg.report.shacl_results import result_pairs
from mcqms_kg.report.turtle_text import Pair, block, document, property_list, statement, written

_FOCUS, _VALUE = "sh:focusNode", "sh:value"
"""What the results of one constraint differ in; results may be millions, and the rest is written once for all that share it."""
_INDENT = 2
_NEXT = " ;\n"
_Around = tuple[str, str, str]
"""What stands before the focus node, between it and the value, and behind."""


def write(report: ValidationReport, language: str) -> str:  # noqa: ARG001  # messages keep their languages
    """The report graph that SHACL asks for."""
    results = sorted_results(report.results)
    around: dict[Hashable, _Around] = {}
    written_out = [_block(result, around) for result in results]
    head: list[Pair] = [("a", ["sh:ValidationReport"]), ("sh:conforms", ["true" if report.conforms else "false"])]
    terms = {term for result in results for term in (result.focus, result.value) if term}
    detailed = (text for result, text in zip(results, written_out, strict=True) if result.details)
    words = chain((property_list(head, 1),), *around.values(), map(written, terms), detailed)
    return document([statement("[]", [*head, ("sh:result", written_out)])], [*words, "sh:result"])


def _block(result: ValidationResult, around: dict[Hashable, _Around]) -> str:
    if result.details:
        return block(result_pairs(result, indent=_INDENT))
    kind = (
        *(result.path, result.source_shape, result.source_constraint, result.component),
        *(result.severity, result.messages),
    )
    if kind not in around:
        around[kind] = _around(result)
    before, between, behind = around[kind]
    value = f"{_NEXT}{_margin(_VALUE)}{written(result.value)}" if result.value else ""
    return f"{before}{written(result.focus)}{between}{value}{behind}"


def _around(result: ValidationResult) -> _Around:
    pairs = result_pairs(result, indent=_INDENT)
    names = [name for name, _ in pairs]
    focus, value = names.index(_FOCUS), names.index(_VALUE)
    first, between, last = (
        property_list(part, _INDENT) for part in (pairs[:focus], pairs[focus + 1 : value], pairs[value + 1 :])
    )
    return f"[\n{first}{_NEXT}{_margin(_FOCUS)}", f"{_NEXT}{between}" if between else "", f"{_NEXT}{last} ]"


def _margin(predicate: str) -> str:
    return f"{'  ' * _INDENT}{predicate} "
