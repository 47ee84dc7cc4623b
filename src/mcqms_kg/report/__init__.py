"""The reports of a check and of a plain validation: one file a format, and one table of formats for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Generic, TypeVar

from mcqms_kg.errors import Unsupported

if TYPE_CHECKING:
    from mcqms_kg.model import CheckReport, ValidationReport

R = TypeVar("R")


@dataclass(frozen=True)
class Format(Generic[R]):
    """A way to write a report. `needs` is the package that it is written with, of the extra that has the format's name."""

    name: str
    ending: str
    media_type: str
    _module: str
    _function: str = "write"
    is_text: bool = True
    needs: str = ""

    def write(self, report: R, language: str) -> bytes:
        """The bytes to store, in a language, `en` or `id`; text is in UTF-8."""
        self.require()
        written: str | bytes = getattr(self._imported(), self._function)(report, language)
        return written if isinstance(written, bytes) else written.encode()

    def make_ready(self) -> None:
        """Imports what the format is written with, which happens on first use otherwise: no format waits for the libraries of another.

        Raises `Unsupported` as `require` does.
        """
        self.require()
        self._imported()

    def _imported(self) -> ModuleType:
        return import_module(f"{__name__}.{self._module}")

    @property
    def is_installed(self) -> bool:
        """Whether the package that the format needs is there."""
        return not self.needs or find_spec(self.needs) is not None

    def require(self) -> None:
        """Raises `Unsupported`, with the line that helps, where the package that the format needs is not installed."""
        if not self.is_installed:
            raise Unsupported(
                f"The format {self.name} needs the package {self.needs}, which is not installed",
                remedy=f"Install it: pip install 'mcqms-kg[{self.name}]'.",
            )


def _table(*formats: Format[R]) -> Mapping[str, Format[R]]:
    return {f.name: f for f in formats}


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EARL = 'text/turtle; profile="http://www.w3.org/ns/earl#"'

FORMATS: Mapping[str, Format[CheckReport]] = _table(
    Format("text", ".txt", "text/plain", "text"),
    Format("json", ".json", "application/json", "json"),
    Format("turtle", ".ttl", "text/turtle", "turtle"),
    Format("html", ".html", "text/html", "html"),
    Format("csv", ".csv", "text/csv", "csv"),
    Format("sarif", ".sarif", "application/sarif+json", "sarif"),
    Format("junit", ".xml", "application/xml", "junit"),
    Format("pdf", ".pdf", "application/pdf", "pdf", is_text=False, needs="typst"),
    Format("xlsx", ".xlsx", _XLSX, "xlsx", is_text=False, needs="xlsxwriter"),
    Format("earl", ".earl.ttl", _EARL, "earl"),
    Format("oscal", ".oscal.json", "application/oscal.assessment-results+json", "oscal"),
)
"""The formats of a check report by name."""

VALIDATION_FORMATS: Mapping[str, Format[ValidationReport]] = _table(
    Format("text", ".txt", "text/plain", "validation", "write_text"),
    Format("json", ".json", "application/json", "validation", "write_json"),
    Format("turtle", ".ttl", "text/turtle", "validation_turtle"),
    Format("xlsx", ".xlsx", _XLSX, "validation_xlsx", is_text=False, needs="xlsxwriter"),
    Format("earl", ".earl.ttl", _EARL, "validation_earl"),
)
"""The formats of a plain validation report by name. PDF and OSCAL speak of requirements, which plain validation has not."""

__all__ = ["FORMATS", "VALIDATION_FORMATS", "Format"]
