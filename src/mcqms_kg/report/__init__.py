"""The reports of a check and of a plain validation: one file a format, and one table of formats for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from mcqms_kg.model import CheckReport, ValidationReport
from mcqms_kg.report import csv, html, json, junit, sarif, text, turtle, validation

R = TypeVar("R")


@dataclass(frozen=True)
class Format(Generic[R]):
    """A way to write a report: `write` takes it and a language, `en` or `id`, and gives the text to store as UTF-8."""

    name: str
    ending: str
    media_type: str
    write: Callable[[R, str], str]


def _table(*formats: Format[R]) -> Mapping[str, Format[R]]:
    return {f.name: f for f in formats}


FORMATS: Mapping[str, Format[CheckReport]] = _table(
    Format("text", ".txt", "text/plain", text.write),
    Format("json", ".json", "application/json", json.write),
    Format("turtle", ".ttl", "text/turtle", turtle.write),
    Format("html", ".html", "text/html", html.write),
    Format("csv", ".csv", "text/csv", csv.write),
    Format("sarif", ".sarif", "application/sarif+json", sarif.write),
    Format("junit", ".xml", "application/xml", junit.write),
)
"""The formats of a check report by name."""

VALIDATION_FORMATS: Mapping[str, Format[ValidationReport]] = _table(
    Format("text", ".txt", "text/plain", validation.write_text),
    Format("json", ".json", "application/json", validation.write_json),
    Format("turtle", ".ttl", "text/turtle", validation.write_turtle),
)
"""The formats of a plain validation report by name."""

__all__ = ["FORMATS", "VALIDATION_FORMATS", "Format"]
