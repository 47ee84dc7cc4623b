"""The reports of a check and of a plain validation: one file a format, and one table of formats for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, TypeVar

from mcqms_kg.model import CheckReport, ValidationReport

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


def _by(module: str, function: str = "write") -> Callable[[R, str], str]:
    """Imported on first use: no format waits for the libraries of another."""

    def write(report: R, language: str) -> str:
        written: str = getattr(import_module(f"{__name__}.{module}"), function)(report, language)
        return written

    return write


FORMATS: Mapping[str, Format[CheckReport]] = _table(
    Format("text", ".txt", "text/plain", _by("text")),
    Format("json", ".json", "application/json", _by("json")),
    Format("turtle", ".ttl", "text/turtle", _by("turtle")),
    Format("html", ".html", "text/html", _by("html")),
    Format("csv", ".csv", "text/csv", _by("csv")),
    Format("sarif", ".sarif", "application/sarif+json", _by("sarif")),
    Format("junit", ".xml", "application/xml", _by("junit")),
)
"""The formats of a check report by name."""

VALIDATION_FORMATS: Mapping[str, Format[ValidationReport]] = _table(
    Format("text", ".txt", "text/plain", _by("validation", "write_text")),
    Format("json", ".json", "application/json", _by("validation", "write_json")),
    Format("turtle", ".ttl", "text/turtle", _by("validation_turtle")),
)
"""The formats of a plain validation report by name."""

__all__ = ["FORMATS", "VALIDATION_FORMATS", "Format"]
