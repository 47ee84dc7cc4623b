"""The forms that an answer can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mcqms_kg.errors import UnknownName
from mcqms_kg.pathway.pictures import as_gexf, as_graphml, as_html, as_mermaid, as_svg
from mcqms_kg.pathway.reachable import PathReport
from mcqms_kg.pathway.written import as_json, as_text, as_turtle

FORMATS: Mapping[str, Callable[[PathReport, str], str]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "svg": as_svg,
    "html": as_html,
    "graphml": as_graphml,
    "gexf": as_gexf,
    "mermaid": as_mermaid,
}


def write(report: PathReport, format: str, language: str) -> str:
    """The answer in a form; raises `UnknownName` for one that there is not."""
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    return FORMATS[format](report, language)
