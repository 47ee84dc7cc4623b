"""The forms that an answer can take."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mcqms_kg.errors import UnknownName
from mcqms_kg.pathway.planning.reachable import PathReport
from mcqms_kg.pathway.telling import pictures
from mcqms_kg.pathway.telling.drawing import draw
from mcqms_kg.pathway.telling.written import as_json, as_text, as_turtle

FORMATS: Mapping[str, Callable[[PathReport, str], str]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "svg": lambda report, language: pictures.as_svg(draw(report, language), language),
    "html": lambda report, language: pictures.as_html(draw(report, language), as_text(report, language), language),
    "graphml": lambda report, language: pictures.as_graphml(draw(report, language)),
    "gexf": lambda report, language: pictures.as_gexf(draw(report, language)),
    "mermaid": lambda report, language: pictures.as_mermaid(draw(report, language), language),
}


def write(report: PathReport, format: str, language: str) -> str:
    """The answer in a form; raises `UnknownName` for one that there is not."""
    if format not in FORMATS:
        raise UnknownName(f"No format is named {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    return FORMATS[format](report, language)
